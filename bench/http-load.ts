import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { heapFlags } from '../src/node/heap-flags.ts';
import { CHECK_ROUTE } from './http-routes.ts';
import type { ServerKind, Started, Used } from './http-server.ts';
import { articleLines } from './texts.ts';

/** The package has no types. */
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Promise<{
  readonly requests: { readonly total: number };
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly duration: number;
  readonly errors: number;
  readonly non2xx: number;
}>;

const CONNECTIONS = 32;
const SERVER = new URL('http-server.ts', import.meta.url).pathname;
const flagsOf = (kind: ServerKind) => [...heapFlags(kind === 'logged' ? 'serve kept' : 'serve'), '--expose-gc'];

/** A 4 kB Chinese article. */
export const BODY = JSON.stringify({ text: articleLines('chinese', 1400).join('\n').slice(0, 1360) });

export interface Load {
  readonly requestsPerSecond: number;
  /** Microseconds a request of the thread that answers, and of all threads of the server: what others do to the machine counts little. */
  readonly threadMicroseconds: number;
  readonly processMicroseconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** A server in a process of its own. */
export class LoadedServer {
  readonly #process: ChildProcess;
  readonly #started: Started;

  private constructor(process: ChildProcess, started: Started) {
    this.#process = process;
    this.#started = started;
  }

  static async start(kind: ServerKind): Promise<LoadedServer> {
    const process = fork(SERVER, [kind], { execArgv: flagsOf(kind) });
    const [started] = (await once(process, 'message')) as [Started];
    return new LoadedServer(process, started);
  }

  async used(): Promise<Used> {
    this.#process.send('used');
    const [used] = (await once(this.#process, 'message')) as [Used];
    return used;
  }

  /** 32 connections for some seconds. Throws where a request failed. */
  async load(seconds: number, route = CHECK_ROUTE): Promise<Load> {
    const { url, key } = this.#started;
    const before = await this.used();
    const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
    const result = await autocannon({
      url: url + route,
      method: 'POST',
      body: BODY,
      headers: { 'content-type': 'application/json', ...authorization },
      connections: CONNECTIONS,
      duration: seconds,
    });
    if (result.errors > 0 || result.non2xx > 0)
      throw new Error(`${url}${route}: ${result.errors} errors, ${result.non2xx} refused`);
    const after = await this.used();
    const { total } = result.requests;
    return {
      requestsPerSecond: total / result.duration,
      threadMicroseconds: (after.threadMicroseconds - before.threadMicroseconds) / total,
      processMicroseconds: (after.processMicroseconds - before.processMicroseconds) / total,
      p50: result.latency.p50,
      p99: result.latency.p99,
      worst: result.latency.max,
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
