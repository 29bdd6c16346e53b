import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { failure, type ByteStream, type SourceItem } from '../../audit/source.ts';
import { strapiEntityItems } from '../../audit/sources/cms-json.ts';
import { linesOfBytes } from '../../audit/sources/records.ts';

const ENTITIES = /(?:^|\/)entities\/[^/]+\.jsonl$/;

/** The text fields of Strapi's own export (a tar file, gunzipped by the caller), streamed; memory: one row. */
export async function* strapiTarSource(source: string, bytes: ByteStream): AsyncGenerator<SourceItem> {
  const tar = extract();
  // A broken archive is told by the loop below.
  Readable.from(bytes)
    .on('error', (error) => tar.destroy(error))
    .pipe(tar);
  let rows = 0;
  try {
    for await (const entry of tar) {
      if (!ENTITIES.test(entry.header.name)) {
        entry.resume();
        continue;
      }
      for await (const line of linesOfBytes(entry as AsyncIterable<Uint8Array>)) {
        if (line !== '') yield* strapiEntityItems(source, ++rows, line);
      }
    }
    if (rows === 0)
      yield failure({ source }, 'no-entries', `${source} has no entities/*.jsonl; is it a Strapi export?`);
  } catch (error) {
    const detail = `after row ${rows}: ${error instanceof Error ? error.message : String(error)}`;
    yield failure({ source }, 'broken-archive', `${detail}; an encrypted export must be made without encryption`);
  }
}
