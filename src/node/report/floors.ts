import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './measure.ts';

/** What `tests/quality` holds: no figure may fall under its floor. Higher is better for every figure. */
export interface Floors {
  /** SHA-256 of the held-out files; other rows mean other floors. */
  readonly heldout: string;
  readonly figures: Readonly<Record<string, number>>;
  /** Why figures were lowered, the latest last. */
  readonly lowered: readonly string[];
}

/** Every figure with a floor, 0 to 1, rounded down to four digits. */
export function floorFigures({ overall, ranking, calibration, boundaries, slices }: Report): Record<string, number> {
  const figures: [string, number][] = [
    ['honest not flagged', 1 - overall.falseAlarms.part / Math.max(1, overall.honest)],
    ['honest not removed', 1 - overall.removedHonest.part / Math.max(1, overall.honest)],
    ['area under ROC', ranking.areaUnderRoc],
    ['average precision', ranking.averagePrecision],
    ['1 - calibration error', 1 - calibration.error],
    ['recall', overall.recall.share],
    ['recall at removal', overall.removedSpam.share],
  ];
  for (const [by, group] of Object.entries(slices)) {
    for (const [name, { spam, recall }] of Object.entries(group)) {
      if (spam > 0) figures.push([`recall, ${by} ${name}`, recall.share]);
    }
  }
  for (const [joint, { exact, recall }] of Object.entries({ all: boundaries.all, ...boundaries.byJoint })) {
    figures.push([`exact, ${joint}`, exact.share], [`characters recalled, ${joint}`, recall]);
  }
  return Object.fromEntries(figures.map(([name, value]) => [name, Math.floor(value * 1e4) / 1e4]));
}

/** Figures under their floor, or gone; empty where all hold. */
export function fallen(floors: Floors['figures'], now: Readonly<Record<string, number>>): string[] {
  return Object.entries(floors)
    .filter(([name, floor]) => !(now[name] >= floor))
    .map(([name, floor]) => `${name}: ${now[name] ?? 'gone'} is under ${floor}`);
}

export function digestOfFolder(folder: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
