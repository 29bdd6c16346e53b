import { errorOf } from './problem.ts';
import { isPassing, pause, retryOptionsOf, waitBefore, type RetryChoice, type RetryOptions } from './retry.ts';

export interface TransportOptions {
  /** Where the service is, for instance `https://sieve.example`. */
  readonly baseUrl: string;
  /** An API key, sent as `Authorization: Bearer`. */
  readonly key?: string;
  readonly retry?: RetryChoice | undefined;
  /** The global `fetch` where left out. */
  readonly fetch?: typeof fetch;
}

export interface Sent extends Omit<RequestInit, 'signal' | 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | null;
  /** Node wants it with a body that is a stream. */
  readonly duplex?: 'half';
}

/** Sends requests to one service, again where it is busy. */
export class Transport {
  readonly #baseUrl: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #retry: RetryOptions;
  readonly #fetch: typeof fetch;

  /** Throws a `RangeError` for a `retry` that `retryOptionsOf` refuses. */
  constructor({ baseUrl, key, retry, fetch: own }: TransportOptions) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
    this.#retry = retryOptionsOf(retry);
    this.#fetch = own ?? ((...args) => fetch(...args));
  }

  /**
   * The answer, a success. A body that is a stream is sent once; anything else again after 429 and 503. Rejects with a `LinesieveError`
   * for a problem, with the signal's reason where that is aborted, and with what `fetch` rejects with where there is no connection.
   */
  async send(path: string, { headers, signal = null, ...init }: Sent): Promise<Response> {
    const retries = init.body instanceof ReadableStream ? 0 : this.#retry.retries;
    const request = { ...init, signal, headers: { ...this.#headers, ...headers } };
    for (let attempt = 1; ; attempt++) {
      const response = await this.#fetch(this.#baseUrl + path, request);
      if (response.ok) return response;
      if (!isPassing(response.status) || attempt > retries) throw await errorOf(response);
      // Read to its end, so that the connection can be used again.
      await response.arrayBuffer();
      await pause(waitBefore(attempt, response.headers.get('Retry-After'), this.#retry), signal);
    }
  }

  async json<T>(path: string, sent: Sent): Promise<T> {
    return (await (await this.send(path, sent)).json()) as T;
  }
}
