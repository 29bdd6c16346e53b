import type { Clock } from './clock.ts';
import { FetchFailure } from './fetch-failure.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from './http.ts';
import { Pace } from './pace.ts';

/** First try and two more: what is down for longer is down. */
const ATTEMPTS = 3;
/** Before the second attempt; doubled before each further one. */
const BACK_OFF_MS = 1000;
/** A host that asks for a longer pause is reported and not asked again in this run. */
const LONGEST_PAUSE_MS = 60_000;
const BUSY = new Set([429, 500, 502, 503, 504]);

/** Requests that keep their distance and are tried again where that may help. */
export class PoliteClient {
  readonly #client: HttpClient;
  readonly #clock: Clock;
  readonly #pace: Pace;
  /** Hosts that asked to be left alone. */
  readonly #closed = new Map<string, FetchFailure>();

  constructor(client: HttpClient, clock: Clock, signal: AbortSignal) {
    this.#client = client;
    this.#clock = clock;
    this.#pace = new Pace(clock, signal);
  }

  /** The last answer where all attempts met a busy server; throws the last FetchFailure where none brought an answer. */
  async get(url: URL, request: HttpRequest, delayMs: number): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      await this.#pace.turn(url.host, delayMs);
      const closed = this.#closed.get(url.host);
      if (closed !== undefined) throw closed;
      const answer = await this.#attempt(url, request);
      const pause = attempt === ATTEMPTS ? null : this.#pauseAfter(url, answer, attempt);
      if (pause !== null) this.#pace.hold(url.host, pause);
      else if (answer instanceof FetchFailure) throw answer;
      else return answer;
    }
  }

  async #attempt(url: URL, request: HttpRequest): Promise<HttpAnswer | FetchFailure> {
    try {
      return await this.#client.get(url, request);
    } catch (error) {
      if (error instanceof FetchFailure) return error;
      throw error;
    }
  }

  /** Milliseconds, or `null` where another attempt would bring nothing else. Throws where the host wants too long a one. */
  #pauseAfter({ host }: URL, answer: HttpAnswer | FetchFailure, attempt: number): number | null {
    const backOff = BACK_OFF_MS * 2 ** (attempt - 1);
    if (answer instanceof FetchFailure) return answer.transient ? backOff : null;
    if (!BUSY.has(answer.status)) return null;
    const asked = retryAfter(answer.headers['retry-after'], this.#clock.now());
    const pause = Math.max(backOff, asked ?? 0);
    if (pause <= LONGEST_PAUSE_MS) return pause;
    throw this.#close(host, answer.status, pause);
  }

  #close(host: string, status: number, pause: number): FetchFailure {
    const seconds = Math.round(pause / 1000);
    const detail = `${host} answered ${status} and asks for a pause of ${seconds} s; run the audit again then`;
    const closed = new FetchFailure('retry-later', detail);
    this.#closed.set(host, closed);
    return closed;
  }
}

/** Milliseconds from now: the header holds seconds or an HTTP date. */
function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : date - now;
}
