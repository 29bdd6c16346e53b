import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SourceItem } from '../../../../src/audit/source.ts';
import { isPrivateAddress, isPrivateHost } from '../../../../src/service/private-address.ts';
import type { AddressGuard } from '../../../../src/node/audit/web/address-guard.ts';
import type { Clock } from '../../../../src/audit/web/clock.ts';
import { DEFAULT_WEB_OPTIONS, type WebOptions } from '../../../../src/node/audit/web/web-options.ts';
import { webSource, type WebKind } from '../../../../src/node/audit/web/web-sources.ts';
import type { WebSurroundings } from '../../../../src/node/audit/web/web-session.ts';

/** Time that passes only by waiting for it: whoever waits for the nearest moment goes first. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #waiting: { readonly until: number; readonly wake: () => void }[] = [];
  readonly now = (): number => this.#now;
  readonly sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ until: this.#now + milliseconds, wake: resolve });
    setImmediate(() => this.#pass());
    return promise;
  };

  #pass(): void {
    const next = Math.min(...this.#waiting.map(({ until }) => until));
    this.#now = Math.max(this.#now, next);
    for (const { until, wake } of this.#waiting) if (until === next) wake();
    this.#waiting = this.#waiting.filter(({ until }) => until !== next);
  }
}

/** Takes 127.0.0.1 for a public address and nothing else that is private. */
export const loopbackOnly: AddressGuard = {
  refusesHost: (host) => host !== '127.0.0.1' && isPrivateHost(host),
  refusesAddress: (address) => address !== '127.0.0.1' && isPrivateAddress(address),
};

export interface Asked {
  readonly path: string;
  /** By the clock of the test. */
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback for the length of a test: `await using site = await serve(...)`. */
export class Loopback implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly clock = new FakeClock();
  readonly #server = createServer(this.#listener());
  readonly #answers: Readonly<Record<string, Answer>>;

  constructor(answers: Readonly<Record<string, Answer>>) {
    this.#answers = answers;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  paths(): string[] {
    return this.asked.map(({ path }) => path);
  }

  /** What the source gives, read to its end. */
  async read(kind: WebKind, name: string, options: Partial<WebOptions> = {}, also: WebSurroundings = {}) {
    const items: SourceItem[] = [];
    const surroundings = { clock: this.clock, guard: loopbackOnly, ...also };
    const signal = new AbortController().signal;
    const source = webSource(kind, name, { options: { ...DEFAULT_WEB_OPTIONS, ...options }, signal, surroundings });
    for await (const item of source) items.push(item);
    return items.map((item) => this.#short(item));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #listener(): RequestListener {
    return (request, response) => {
      const path = request.url ?? '';
      this.asked.push({ path, at: this.clock.now(), headers: request.headers });
      const answer = this.#answers[path] ?? this.#answers[path.split('?', 1)[0] ?? ''];
      if (answer === undefined) response.writeHead(404).end('not here');
      else answer(request, response);
    };
  }

  /** `document /a`, or `error timeout /slow`. */
  #short(item: SourceItem): string {
    const place = item.place.entry ?? item.place.source.replace(this.origin, '');
    return item.kind === 'document' ? `document ${place}` : `${item.kind} ${item.code} ${place}`;
  }
}

export function serve(answers: Readonly<Record<string, Answer>>): Promise<Loopback> {
  return new Loopback(answers).listen();
}

export function html(body: string, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
}

export function text(body: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(200, { 'content-type': 'text/plain', ...headers }).end(body);
}

export function redirect(location: string, status = 302): Answer {
  return (_, response) => response.writeHead(status, { location }).end();
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(code, headers).end();
}

export function links(...paths: string[]): string {
  return paths.map((path) => `<a href="${path}">page</a>`).join('\n');
}
