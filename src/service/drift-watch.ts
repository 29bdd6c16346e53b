import { Novelty } from '../samples/novelty.ts';
import { DAY_MS } from './calendar.ts';
import type { StoreDependencies } from './dependencies.ts';
import { driftOfSite, type DriftParts, type SiteDrift } from './site-drift.ts';
import { sendEvents } from './webhook-events.ts';

/** Figures of a week change slowly; looking costs some reads. */
const EVERY_MS = 3_600_000;
/** A week is told of once, also by another process. */
const TOLD_MS = 21 * DAY_MS;

/** Looks at the traffic of sites now and then, and tells of those that drift: by webhook once a week, in `/metrics`, in `/readyz`. */
export class DriftWatch {
  readonly #dependencies: StoreDependencies;
  readonly #looked = new Map<string, number>();
  readonly #drifted = new Set<string>();
  #parts: Promise<DriftParts> | null = null;

  constructor(dependencies: StoreDependencies) {
    this.#dependencies = dependencies;
  }

  /** Sites that this process has judged for and that drifted when it last looked. */
  get drifted(): number {
    return this.#drifted.size;
  }

  async of(tenant: string): Promise<SiteDrift> {
    const { store, clock = Date.now } = this.#dependencies;
    return await driftOfSite(store, tenant, await this.parts(), clock());
  }

  /** Looks at a site unless it has within the hour. What fails is reported: judging goes on without. */
  async look(tenant: string, now: number): Promise<void> {
    if (now - (this.#looked.get(tenant) ?? -EVERY_MS) < EVERY_MS) return;
    this.#looked.set(tenant, now);
    try {
      const drift = await this.of(tenant);
      if (!drift.drifted) this.#drifted.delete(tenant);
      else {
        this.#drifted.add(tenant);
        await this.#tell(tenant, drift, now);
      }
    } catch (error) {
      this.#dependencies.report?.(error, 'none');
    }
  }

  /** What drift is held against; read once. */
  async parts(): Promise<DriftParts> {
    this.#parts ??= this.#read().catch((error: unknown) => {
      this.#parts = null;
      throw error;
    });
    return await this.#parts;
  }

  async #read(): Promise<DriftParts> {
    const parts = await this.#dependencies.parts?.();
    const known = await parts?.knownTerms?.();
    const base = parts?.expected === undefined ? null : { model: parts.model.digest, expected: parts.expected };
    return { base, novelty: known === undefined ? null : new Novelty(known) };
  }

  async #tell(tenant: string, { week, figures, card, examples }: SiteDrift, now: number): Promise<void> {
    const { store, metrics } = this.#dependencies;
    const key = `drift ${week ?? ''}`;
    const claimed = await store.idempotency.begin(tenant, key, key, now, now + TOLD_MS);
    if (claimed.state !== 'new') return;
    const moved = [
      ...figures.filter(({ drifted }) => drifted).map((one) => ({ against: 'weeks', ...one })),
      ...(card?.figures ?? []).filter(({ drifted }) => drifted).map((one) => ({ against: 'card', ...one })),
    ];
    for (const { against, figure } of moved) metrics?.observeDrift(against, figure);
    await sendEvents(store, tenant, 'model.drifted', [{ week, model: card?.model ?? null, moved, examples }], now);
  }
}
