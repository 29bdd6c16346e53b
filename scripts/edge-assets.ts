/**
 * Lays out what a Worker reads through its ASSETS binding and does not carry in its bundle: the counts that samples are added to, the terms that a
 * novel line lacks, the rows that candidates are measured on, the files of the page at /docs. wrangler runs it before `dev` and `deploy`.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FILES: Readonly<Record<string, readonly string[]>> = {
  base: ['models/base/counts.bin', 'models/base/known-terms.bin'],
  heldout: ['training-data/heldout/legit.jsonl', 'training-data/heldout/spam.jsonl'],
  'swagger-ui': ['node_modules/swagger-ui-dist/swagger-ui.css', 'node_modules/swagger-ui-dist/swagger-ui-bundle.js'],
};

for (const [folder, files] of Object.entries(FILES)) {
  mkdirSync(`${root}dist/edge-assets/${folder}`, { recursive: true });
  for (const file of files) copyFileSync(root + file, `${root}dist/edge-assets/${folder}/${file.split('/').at(-1)}`);
}
