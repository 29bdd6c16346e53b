import { isPassing } from './away.ts';
import { errorOf, LinesieveError } from './problem.ts';
import { pause, retryOptionsOf, waitBefore, type RetryChoice, type RetryOptions } from './retry.ts';

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

/** Reads an answer that is a success. */
export type Reader<T> = (response: Response) => Promise<T>;

/** Sends requests to one service, again where it is busy or away. */
export class Transport {
  readonly #baseUrl: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #retry: RetryOptions;
  readonly #fetch: typeof fetch;

  /**
   * Throws a `RangeError` for a `retry` that `retryOptionsOf` refuses, and a `TypeError` for an address or a key that the global `fetch`
   * could not send: later that would look like a service that is away.
   */
  constructor({ baseUrl, key, retry, fetch: own }: TransportOptions) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
    this.#retry = retryOptionsOf(retry);
    if (own === undefined) assertSendable(this.#baseUrl, this.#headers);
    this.#fetch = own ?? ((...args) => fetch(...args));
  }

  /**
   * What `read` makes of the answer, a success. Where the service is away or the connection breaks, until `read` is through, the request
   * is sent again; not so one whose body is a stream. Every other request must bear to be repeated: it has no effect that hurts twice, or
   * an `Idempotency-Key`. Rejects with a `LinesieveError` for a problem, with the signal's reason where that is aborted, and with the
   * error of `fetch` where there is no connection.
   */
  async send<T>(path: string, { headers, signal = null, ...init }: Sent, read: Reader<T>): Promise<T> {
    const retries = init.body instanceof ReadableStream ? 0 : this.#retry.retries;
    const request = { ...init, signal, headers: { ...this.#headers, ...headers } };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#sendOnce(path, request, read);
      } catch (error) {
        signal?.throwIfAborted();
        if (attempt > retries || !isPassing(error)) throw error;
        const retryAfter = error instanceof LinesieveError ? error.retryAfter : null;
        await pause(waitBefore(attempt, retryAfter, this.#retry), signal);
      }
    }
  }

  async json<T>(path: string, sent: Sent): Promise<T> {
    return await this.send(path, sent, async (response) => (await response.json()) as T);
  }

  async #sendOnce<T>(path: string, request: RequestInit, read: Reader<T>): Promise<T> {
    const response = await this.#fetch(this.#baseUrl + path, request);
    if (!response.ok) throw await errorOf(response);
    return await read(response);
  }
}

function assertSendable(baseUrl: string, headers: Readonly<Record<string, string>>): void {
  void new Request(`${baseUrl}/`, { headers });
}
