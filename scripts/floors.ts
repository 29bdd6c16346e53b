/**
 * Writes tests/quality/floors.json from the base model: `node scripts/floors.ts [--raise]` lifts floors and adds new ones;
 * `--lower --reason "why"` sets them to what is measured and keeps the reason in the file.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBaseSieve, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { digestOfFolder, fallen, floorFigures, type Floors } from '../src/node/report/floors.ts';
import { measure } from '../src/node/report/measure.ts';
import { readRows } from '../src/node/training-data.ts';

const { values } = parseArgs({
  options: { raise: { type: 'boolean' }, lower: { type: 'boolean' }, reason: { type: 'string' } },
});
const path = join(PACKAGE_FOLDER, 'tests', 'quality', 'floors.json');
const heldout = join(PACKAGE_FOLDER, 'training-data', 'heldout');
const before: Floors | null = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Floors) : null;
const figures = floorFigures(measure(readRows(heldout), await loadBaseSieve()));
const lost = fallen(before?.figures ?? {}, figures);
if (values.lower === true && !values.reason?.trim()) throw new Error('--lower needs --reason "why"');
if (lost.length > 0 && values.lower !== true) {
  throw new Error(`floors would fall; use --lower --reason "why" if they must:\n${lost.join('\n')}`);
}
const lowered = [...(before?.lowered ?? []), ...(lost.length > 0 && values.reason ? [values.reason] : [])];
writeFileSync(path, `${JSON.stringify({ heldout: digestOfFolder(heldout), figures, lowered }, null, 2)}\n`);
