import { lastKept } from '../last-kept.ts';

export const DAY_MS = 86_400_000;

/** Days are numbered from 1970; every check asks for the same one. */
const dayText = lastKept((day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10));

const weekText = lastKept((day: number): string => {
  const thursday = new Date(day * DAY_MS);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, '0')}`;
});

/** `YYYY-MM-DD`, UTC. */
export function dayOf(time: number): string {
  return dayText(Math.floor(time / DAY_MS));
}

/** ISO 8601 week of a time, for instance `2026-W48`: the week of its Thursday. */
export function weekOf(time: number): string {
  return weekText(Math.floor(time / DAY_MS));
}
