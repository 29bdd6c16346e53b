import type { Observation } from './observation.ts';

/** True category (`honest` for none) to found category (`pass` for none) to lines; rows and columns in the order of their names. */
export type CategoryConfusion = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function categoryConfusion(lines: readonly Observation[]): CategoryConfusion {
  const table: Record<string, Record<string, number>> = {};
  for (const { isSpam, category, action, foundCategory } of lines) {
    const row = (table[isSpam ? category : 'honest'] ??= {});
    const found = action === 'pass' ? 'pass' : foundCategory;
    row[found] = (row[found] ?? 0) + 1;
  }
  return sorted(Object.entries(table).map(([name, row]) => [name, sorted(Object.entries(row))]));
}

/** Every category that was found somewhere, in the order of their names. */
export function columnsOf(confusion: CategoryConfusion): string[] {
  return [...new Set(Object.values(confusion).flatMap(Object.keys))].sort();
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
