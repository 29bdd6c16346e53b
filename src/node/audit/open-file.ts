import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { ByteStream } from '../../audit/source.ts';

/** The bytes of a file from an offset on, gunzipped where asked for; several gzip members read as one stream. */
export function openFile(path: string, { gunzip = false, start = 0 } = {}): ByteStream {
  const file = createReadStream(path, { start });
  if (!gunzip) return file;
  const inflated = createGunzip();
  file.on('error', (error) => inflated.destroy(error));
  return file.pipe(inflated);
}
