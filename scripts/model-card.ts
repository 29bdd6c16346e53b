/** Writes docs/model-card.md from the base model's card, the counted files and what `linesieve eval` measures now. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_MODEL_FOLDER, loadBaseSieve, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { measure } from '../src/node/report/measure.ts';
import { modelCard, type Card, type Counted } from '../src/node/report/model-card.ts';
import { readRows } from '../src/node/training-data.ts';
import { corporaFolder } from './corpora.ts';

const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));
const files = read(PACKAGE_FOLDER, 'training-data', 'background', 'files.json') as Omit<Counted, 'licence'>[];
const licences = readLicences();
const counted = files.map((file) => ({ ...file, licence: licences.get(file.name) ?? 'unknown' }));
const report = measure(readRows(join(PACKAGE_FOLDER, 'training-data', 'heldout')), await loadBaseSieve());
mkdirSync(join(PACKAGE_FOLDER, 'docs'), { recursive: true });
writeFileSync(
  join(PACKAGE_FOLDER, 'docs', 'model-card.md'),
  modelCard(read(BASE_MODEL_FOLDER, 'card.json') as Card, counted, report),
);

/** The licence column of the corpora's catalogue; empty where the corpora are absent. */
function readLicences(): Map<string, string> {
  const path = join(corporaFolder() ?? '', 'CATALOG.md');
  if (!existsSync(path)) return new Map();
  const cells = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(cells.filter(({ length }) => length > 7).map((row) => [row[2], row[7]]));
}
