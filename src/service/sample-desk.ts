import { orderedId } from '../ordered-id.ts';
import { compiledRules } from '../rules/compiled.ts';
import { builtinRules } from '../rules/sets/index.ts';
import { InfluenceMeter } from '../samples/influence.ts';
import { Novelty } from '../samples/novelty.ts';
import { sampleHash, type NewSample } from '../samples/sample.ts';
import { questions, type Doubtful, type Question } from '../samples/teaching.ts';
import type { Addition, NewSampleRecord, VerdictRecord } from '../store/store.ts';
import type { Sieve } from '../index.ts';
import { DAY_MS } from './calendar.ts';
import type { StoreDependencies } from './dependencies.ts';
import { doubtfulLines } from './doubtful-lines.ts';
import { faultAt } from './fault-at.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import { nextTask } from './next-task.ts';
import { ProblemError } from './problem.ts';

/** Labels that a person gives in a day, generously; a hand that gives more is asked to wait, or to import them for a build. */
const MOST_A_DAY = 1_000;
/** A tenant's samples: what a build learns in five seconds, twice over. */
const MOST_SAMPLES = 200_000;
/** What a store takes in one piece. */
const PIECE = 1000;
/** Samples that are weighed between two looks at what else waits: some milliseconds. */
const SLICE = 20;

/** What a person does with samples, over HTTP and on the command line alike. */
export class SampleDesk {
  readonly #dependencies: StoreDependencies;
  #meter: Promise<InfluenceMeter> | null = null;

  constructor(dependencies: StoreDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Takes labels; each is learned from the next check on. Rejects with `rate-limited` where an author gives too many in a day, with
   * `not-retained` for a site that keeps no texts, with `conflict` where there are too many samples.
   */
  async add(tenant: string, samples: readonly NewSample[]): Promise<Addition[]> {
    const { store, clock = Date.now } = this.#dependencies;
    const now = clock();
    await this.#checkRetention(tenant);
    await this.#checkQuotas(tenant, samples, now);
    const meter = await this.#meterOnce();
    const additions: Addition[] = [];
    for (let start = 0; start < samples.length; start += PIECE) {
      const records: NewSampleRecord[] = [];
      for (const sample of samples.slice(start, start + PIECE)) {
        records.push(await recordOf(sample, meter, now));
        if (records.length % SLICE === 0) await nextTask();
      }
      additions.push(...(await store.samples.add(tenant, records)));
    }
    return additions;
  }

  /** The text of a span of a logged verdict. Rejects with `not-found` and `not-retained`. */
  async textOf(
    tenant: string,
    verdictId: string,
    span: { start: number; end: number },
  ): Promise<VerdictRecord & { text: string }> {
    const { store, clock = Date.now } = this.#dependencies;
    const record = await store.verdicts.get(tenant, verdictId, clock());
    if (record === null)
      throw new ProblemError('not-found', `you have no verdict ${JSON.stringify(verdictId.slice(0, 100))}`);
    const { text } = record;
    if (text === null)
      throw new ProblemError('not-retained', 'the text of the verdict was not kept; send text instead');
    if (span.end > text.length)
      throw faultAt('/span/end', `must be at most ${text.length}, the length of the document`);
    return { ...record, text: text.slice(span.start, span.end) };
  }

  /**
   * What of the log would teach most: spans that were found, and lines that nearly were or are novel, as `sieve` judges them now. What was
   * labelled is left out.
   */
  async queue(tenant: string, limit: number, sieve: Sieve): Promise<Question[]> {
    const { store, clock = Date.now } = this.#dependencies;
    const doubtful = await doubtfulLines(store, tenant, sieve, await this.#noveltyOf(), clock());
    const known = await this.#labelled(tenant);
    const open: Doubtful[] = [];
    for (const one of doubtful) if (!known.has(await sampleHash(one.text))) open.push(one);
    return questions(open, limit);
  }

  /** `null` where this service does not know what its model was made of. */
  async #noveltyOf(): Promise<Novelty | null> {
    const known = await (await this.#dependencies.parts?.())?.knownTerms?.();
    return known === undefined ? null : new Novelty(known);
  }

  async #labelled(tenant: string): Promise<Set<string>> {
    const { items } = await this.#dependencies.store.samples.list(tenant, { limit: 1000 });
    return new Set(items.map(({ textHash }) => textHash));
  }

  async #checkRetention(tenant: string): Promise<void> {
    const { retain } = (await this.#dependencies.store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
    if (retain !== 'none') return;
    throw new ProblemError(
      'not-retained',
      'this site keeps nothing, and a sample is a text that is kept; set retain to hash or more',
    );
  }

  async #checkQuotas(tenant: string, samples: readonly NewSample[], now: number): Promise<void> {
    const { store } = this.#dependencies;
    const { active, withdrawn, ignored, conflict } = await store.samples.counts(tenant);
    if (active + withdrawn + ignored + conflict + samples.length > MOST_SAMPLES) {
      throw new ProblemError('conflict', `a site may have ${MOST_SAMPLES} samples; export and withdraw old ones first`);
    }
    const byAuthor = Map.groupBy(
      samples.filter(({ origin }) => origin === 'human'),
      ({ author }) => author,
    );
    for (const [author, theirs] of byAuthor) {
      const given = await store.samples.countFrom(tenant, author, now - DAY_MS);
      if (given + theirs.length <= MOST_A_DAY) continue;
      const detail = `${author} has labelled ${given} texts in a day and may label ${MOST_A_DAY}; wait, or import them`;
      throw new ProblemError('rate-limited', detail, { limit: MOST_A_DAY }, { 'Retry-After': '3600' });
    }
  }

  async #meterOnce(): Promise<InfluenceMeter> {
    this.#meter ??= this.#makeMeter().catch((error: unknown) => {
      this.#meter = null;
      throw error;
    });
    return await this.#meter;
  }

  async #makeMeter(): Promise<InfluenceMeter> {
    const parts = await this.#dependencies.parts?.();
    if (parts?.counts === undefined) {
      throw new ProblemError('not-ready', 'this service was started without the counts that learning needs');
    }
    const base = { model: parts.model, counts: await parts.counts() };
    return new InfluenceMeter(base, compiledRules(builtinRules), parts.policy);
  }
}

async function recordOf(sample: NewSample, meter: InfluenceMeter, now: number): Promise<NewSampleRecord> {
  const { text, label, category, language, origin, author, site, documentId, verdictId } = sample;
  return {
    id: orderedId(now),
    text,
    textHash: await sampleHash(text),
    label,
    category,
    language,
    origin,
    author,
    site,
    documentId,
    verdictId,
    influence: meter.of(text, label),
    createdAt: now,
  };
}
