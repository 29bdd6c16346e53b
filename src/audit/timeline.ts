export interface TimelineDay {
  /** ISO 8601. */
  readonly day: string;
  readonly documents: number;
}

/** A bar of the picture: a day, a month or a year. */
export interface TimelineBar {
  readonly label: string;
  readonly documents: number;
}

/** Bars that a page has room for. */
const MOST_BARS = 60;
const DAY_MS = 86_400_000;

/** Flagged documents by the day their source gives them. Memory: a number a day. */
export class Timeline {
  readonly #days = new Map<string, number>();

  /** Dates that are none are not counted. */
  add(lastModified: string | undefined): void {
    const day = /^\d{4}-\d\d-\d\d/.exec(lastModified ?? '')?.[0];
    if (day !== undefined && !Number.isNaN(Date.parse(day))) this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
  }

  days(): TimelineDay[] {
    return [...this.#days].map(([day, documents]) => ({ day, documents })).sort((a, b) => (a.day < b.day ? -1 : 1));
  }
}

/** Days, or months, or years with nothing between left out, so that there are `MOST_BARS` at most; the last ones of very many. */
export function barsOf(days: readonly TimelineDay[]): TimelineBar[] {
  for (const length of [10, 7, 4]) {
    const bars = filled(days, length);
    if (bars.length <= MOST_BARS || length === 4) return bars.slice(-MOST_BARS);
  }
  return [];
}

/** `length` units of an ISO date name a day (10), a month (7) or a year (4). */
function filled(days: readonly TimelineDay[], length: number): TimelineBar[] {
  const counts = new Map<string, number>();
  const first = Date.parse(days[0]?.day ?? '');
  const last = Date.parse(days.at(-1)?.day ?? '');
  // A century at most: a date of the year 1 must not make a list of every day since.
  for (let at = Math.max(first, last - 36_525 * DAY_MS); at <= last; at += DAY_MS) {
    counts.set(new Date(at).toISOString().slice(0, length), 0);
  }
  for (const { day, documents } of days) {
    const label = day.slice(0, length);
    if (counts.has(label)) counts.set(label, (counts.get(label) ?? 0) + documents);
  }
  return [...counts].map(([label, documents]) => ({ label, documents }));
}
