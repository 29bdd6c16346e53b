import { isAway } from './away.ts';
import { batchBody, rowsOfAnswer } from './batch.ts';
import { DocumentSource } from './document-source.ts';
import { Transport, type TransportOptions } from './transport.ts';
import type {
  BatchError,
  CheckAnswer,
  CheckAsk,
  CheckDocument,
  FallbackAnswer,
  Job,
  NewSample,
  SampleAnswer,
  VerdictPage,
} from './types.ts';
import { MOST_DELAY_MS, wholeNumber } from './whole-number.ts';

export interface ClientOptions extends TransportOptions {
  /**
   * Whole milliseconds for a check, repetitions included, from 1 to 2,147,483,647 (24 days); 10,000 by default. The largest body takes
   * about a second.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * What a check counts as that gets no answer, be it in time (`timeoutMs`) or to the last attempt (no connection, a broken answer, 429,
   * 502, 503, 504): `pass` keeps publishing while the service is away, `review` holds everything back for a person. A choice that has no
   * safe default: where it is left out, such a check rejects. What the service refuses rejects in any case.
   */
  readonly onTimeout?: 'pass' | 'review' | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface VerdictsQuery extends CallOptions {
  readonly limit?: number;
  readonly verdict?: 'pass' | 'clean' | 'review' | 'block';
  readonly cursor?: string;
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const DEFAULT_TIMEOUT_MS = 10_000;

/** A client of the service: nothing but `fetch`. */
export class LinesieveClient {
  readonly #transport: Transport;
  readonly #timeoutMs: number;
  readonly #onTimeout: 'pass' | 'review' | undefined;

  /**
   * Throws a `RangeError` that names the option for a `timeoutMs` or a `retry` that is no whole number within its bounds, and a
   * `TypeError` for a `baseUrl` or a `key` that cannot be sent.
   */
  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
    this.#timeoutMs = wholeNumber('timeoutMs', options.timeoutMs ?? DEFAULT_TIMEOUT_MS, 1, MOST_DELAY_MS);
    this.#onTimeout = options.onTimeout;
  }

  /**
   * Checks one document. Rejects as `Transport.send` does; with `onTimeout`, a `FallbackAnswer` says instead that the time was over or
   * that the service is away.
   */
  async check(document: CheckDocument & CheckAsk, { signal }: CallOptions = {}): Promise<CheckAnswer | FallbackAnswer> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const both = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const sent = { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(document), signal: both };
    try {
      return await this.#transport.json<CheckAnswer>('/v1/check', sent);
    } catch (error) {
      const isLate = timeout.aborted;
      if (this.#onTimeout === undefined || signal?.aborted === true || !(isLate || isAway(error))) throw error;
      return fallbackAnswer(this.#onTimeout, document.id, isLate ? 'timeout' : 'unavailable');
    }
  }

  /**
   * Checks documents as a stream: answers come in the order of the documents, while those are still being asked for. Memory stays that
   * of some rows. Leaving the loop ends the request. However the batch ends, a source that has more is closed (`return()`), as a loop
   * that is left does; an error of its end is dropped. Nothing is sent again: rejects as `Transport.send` does.
   */
  async *batch(
    documents: AsyncIterable<CheckDocument> | Iterable<CheckDocument>,
    { include, mode, policy, signal }: CheckAsk & CallOptions = {},
  ): AsyncGenerator<CheckAnswer | BatchError> {
    const source = new DocumentSource(documents);
    const leave = new AbortController();
    const both = signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]);
    both.addEventListener('abort', () => source.close(), { once: true });
    try {
      const query = queryOf({ include: include?.join(','), mode, policy });
      const sent = {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson' },
        body: batchBody(source, both),
        duplex: 'half',
        signal: both,
      } as const;
      const answer = await this.#transport.send(`/v1/check/batch${query}`, sent, async ({ body }) => body);
      if (answer !== null) yield* rowsOfAnswer(answer);
    } finally {
      leave.abort();
      // A signal that was aborted before has no event any more.
      source.close();
    }
  }

  /** A page of the verdict log, newest first. */
  async verdicts({ limit, verdict, cursor, signal }: VerdictsQuery = {}): Promise<VerdictPage> {
    const query = queryOf({ limit: limit?.toString(), verdict, cursor });
    return await this.#transport.json<VerdictPage>(`/v1/verdicts${query}`, { signal: signal ?? null });
  }

  /** One verdict of the log. */
  async verdict(id: string, { signal }: CallOptions = {}): Promise<Readonly<Record<string, unknown>>> {
    return await this.#transport.json(`/v1/verdicts/${encodeURIComponent(id)}`, { signal: signal ?? null });
  }

  /** Forgets a verdict and what was kept of its text. Sent again after a failure, it still finds what it forgot. */
  async forget(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#delete(`/v1/verdicts/${encodeURIComponent(id)}`, signal);
  }

  /** Gives the service a person's label. Sent again after a failure, it counts once. */
  async addSample(sample: NewSample, { signal }: CallOptions = {}): Promise<SampleAnswer> {
    const headers = { ...JSON_HEADERS, ...onceHeader() };
    const sent = { method: 'POST', headers, body: JSON.stringify(sample), signal: signal ?? null };
    return await this.#transport.json<SampleAnswer>('/v1/samples', sent);
  }

  /** Takes a label back: the next check is as if it had never been given. Sent again after a failure, it counts once. */
  async withdrawSample(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#delete(`/v1/samples/${encodeURIComponent(id)}`, signal);
  }

  /** Asks for a build of the base model and all samples; `training` says how far it is. Sent again after a failure, it counts once. */
  async train(reason: string, { signal }: CallOptions = {}): Promise<Job> {
    const headers = { ...JSON_HEADERS, ...onceHeader() };
    const sent = { method: 'POST', headers, body: JSON.stringify({ reason }), signal: signal ?? null };
    return await this.#transport.json<Job>('/v1/models/train', sent);
  }

  /** How far a build is, and what it came to. */
  async training(id: string, { signal }: CallOptions = {}): Promise<Job> {
    return await this.#transport.json<Job>(`/v1/models/jobs/${encodeURIComponent(id)}`, { signal: signal ?? null });
  }

  async #delete(path: string, signal: AbortSignal | undefined): Promise<void> {
    // Without a key, a repetition would not find what the first attempt took away.
    const sent = { method: 'DELETE', headers: onceHeader(), signal: signal ?? null };
    await this.#transport.send(path, sent, async (response) => await response.body?.cancel());
  }
}

/** The service does once what comes again under the same key. */
function onceHeader(): Readonly<Record<string, string>> {
  return { 'Idempotency-Key': crypto.randomUUID() };
}

function fallbackAnswer(
  verdict: 'pass' | 'review',
  id: string | undefined,
  fallback: FallbackAnswer['fallback'],
): FallbackAnswer {
  return { ...(id === undefined ? {} : { id }), verdict, posterior: 0, spans: [], fallback };
}

function queryOf(fields: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
