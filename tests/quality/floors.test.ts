import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBaseSieve, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { digestOfFolder, fallen, floorFigures, type Floors } from '../../src/node/report/floors.ts';
import { measure } from '../../src/node/report/measure.ts';
import { readRows } from '../../src/node/training-data.ts';

const HELDOUT = join(PACKAGE_FOLDER, 'training-data', 'heldout');
const floors = JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8')) as Floors;

it('floors belong to the held-out rows that are here (node scripts/floors.ts)', () => {
  expect(digestOfFolder(HELDOUT)).toBe(floors.heldout);
});

it('no figure of the held-out set fell under its floor', async () => {
  const figures = floorFigures(measure(readRows(HELDOUT), await loadBaseSieve()));
  expect(fallen(floors.figures, figures)).toEqual([]);
});

it('a lower or missing figure is named', () => {
  expect(fallen({ a: 0.5, b: 0.5, c: 0.5 }, { a: 0.5, b: 0.4 })).toEqual([
    'b: 0.4 is under 0.5',
    'c: gone is under 0.5',
  ]);
});
