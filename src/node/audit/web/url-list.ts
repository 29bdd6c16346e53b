import { failure } from '../../../audit/source.ts';
import { pageAddress } from '../../../audit/sources/links.ts';
import { linesOfBytes } from '../../../audit/sources/records.ts';
import { openFile } from '../open-file.ts';
import type { Seed } from '../../../audit/web/seed.ts';

/** The addresses of a file, one a line; blank lines and those that start with `#` say nothing. Memory: one line. */
export async function* listedPages(path: string): AsyncGenerator<Seed> {
  let number = 0;
  for await (const line of linesOfBytes(openFile(path, { gunzip: /\.gz$/i.test(path) }))) {
    number++;
    const reference = (line ?? '').trim();
    if (line !== null && (reference === '' || reference.startsWith('#'))) continue;
    const address = pageAddress(reference);
    if (address !== null) yield { kind: 'seed', address };
    else {
      const shown = reference.slice(0, 100);
      yield failure(
        { source: path, entry: `line ${number}` },
        'bad-address',
        `${path} line ${number}: "${shown}" is no http or https address`,
      );
    }
  }
}
