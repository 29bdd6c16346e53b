import type { Store } from '../store/store.ts';
import type { Judged } from './judged.ts';
import { weekOf } from './site-drift.ts';

/** Counts wait so long in memory, so that a check costs no write for them; a process that dies loses as much. */
const WAIT_MS = 10_000;

/** Counts what was judged, for the weekly figures. */
export class FigureCollector {
  readonly #store: Store;
  #counts = new Map<string, Map<string, number>>();
  #since: number | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Notes verdicts; now and then, what was noted is written. */
  async add(tenant: string, judged: readonly Judged[], now: number): Promise<void> {
    const place = `${tenant}\n${weekOf(now)}`;
    const counts = this.#counts.get(place) ?? new Map<string, number>();
    this.#counts.set(place, counts);
    for (const one of judged) for (const key of keysOf(one)) counts.set(key, (counts.get(key) ?? 0) + 1);
    this.#since ??= now;
    if (now - this.#since >= WAIT_MS) await this.flush();
  }

  async flush(): Promise<void> {
    const waiting = this.#counts;
    this.#counts = new Map();
    this.#since = null;
    for (const [place, counts] of waiting) {
      const [tenant = '', week = ''] = place.split('\n');
      const rows = [...counts].map(([name, count]) => {
        const [figure = '', key = ''] = name.split('\n');
        return { figure, key, count };
      });
      if (rows.length > 0) await this.#store.figures.add(tenant, week, rows);
    }
  }
}

function keysOf({ verdict }: Judged): string[] {
  const rules = verdict.spans.flatMap(({ reasons }) => reasons.map(({ code }) => code));
  const hit = new Set(rules.filter((code) => code.startsWith('rule:')));
  const tenth = Math.min(9, Math.floor(10 * verdict.posterior));
  return [`verdict\n${verdict.verdict}`, `posterior\n${tenth}`, ...[...hit].map((code) => `rule\n${code.slice(5)}`)];
}
