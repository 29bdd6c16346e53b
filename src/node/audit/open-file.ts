import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { ByteStream } from '../../audit/source.ts';

/** Bytes of a read. Of 360 MB of rows on two threads, 64 kB (Node's) held 20 MB more at the most, 1 MB 50 MB more, and neither was faster. */
const READ = 256 * 1024;

/** The bytes of a file from an offset on, gunzipped where asked for; several gzip members read as one stream. */
export function openFile(path: string, { gunzip = false, start = 0 } = {}): ByteStream {
  const file = createReadStream(path, { start, highWaterMark: READ });
  if (!gunzip) return file;
  const inflated = createGunzip();
  file.on('error', (error) => inflated.destroy(error));
  return file.pipe(inflated);
}

/** The bytes of a file in parts that hold until the next is asked for: all are read into the same memory. */
export async function* passingParts(path: string): ByteStream & AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(READ);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
