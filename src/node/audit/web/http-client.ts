import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { HttpAnswer, HttpClient as HttpPort, HttpRequest } from '../../../audit/web/http.ts';
import { checkHost, guardedLookup, type AddressGuard, type Resolve } from './address-guard.ts';
import { readBody } from './body.ts';
import { FetchFailure } from '../../../audit/web/fetch-failure.ts';
import { fetchFailure } from './network-failure.ts';

export interface HttpClientOptions {
  readonly userAgent: string;
  readonly guard: AddressGuard;
  /** For one request from the first byte sent to the last one read. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly resolve?: Resolve;
}

/** One request at a time and address: no redirects, no cookies, no proxy. Throws a FetchFailure for whatever goes wrong. */
export class HttpClient implements HttpPort {
  readonly #options: HttpClientOptions;
  readonly #agents: Readonly<Record<string, HttpAgent>>;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    const agent = { keepAlive: true, lookup: guardedLookup(options.guard, options.resolve) };
    this.#agents = { 'http:': new HttpAgent(agent), 'https:': new HttpsAgent(agent) };
  }

  async get(url: URL, request: HttpRequest): Promise<HttpAnswer> {
    const { guard, signal, timeoutMs } = this.#options;
    if (!(url.protocol in this.#agents)) throw new FetchFailure('scheme', `${url.href}: only http and https are read`);
    checkHost(guard, url);
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      return await this.#exchange(url, request, AbortSignal.any([signal, deadline]));
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) throw new FetchFailure('timeout', `${url.href} took more than ${timeoutMs / 1000} s`);
      throw fetchFailure(error, url);
    }
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  async #exchange(url: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const response = await this.#send(url, request, signal);
    const head = { status: response.statusCode ?? 0, headers: response.headers };
    if (request.wantsBody(head)) return { ...head, body: await readBody(response, request.maxBytes) };
    response.destroy();
    return { ...head, body: null };
  }

  async #send(url: URL, { headers }: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(url, {
      agent: this.#agents[url.protocol],
      signal,
      headers: {
        'user-agent': this.#options.userAgent,
        accept: 'text/html, application/xhtml+xml, text/plain;q=.9, text/markdown;q=.9, */*;q=.1',
        'accept-encoding': 'gzip, br',
        ...headers,
      },
    });
    sent.on('response', resolve).on('error', reject).end();
    return promise;
  }
}
