import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { consolePage } from '../console/page.ts';
import { createApp, type AppOptions } from '../service/app.ts';
import { saveMemory } from './frugal-heap.ts';
import { endSlowRequests } from './slow-requests.ts';

interface Listening {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** How long requests under way have once it is closed. */
  readonly graceMs?: number;
}

export type ServerOptions = AppOptions & Listening;

export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Takes no more connections and lets requests under way finish; cuts off those that take longer than the grace period. */
  close(): Promise<void>;
}

/** Container platforms kill 10 s after SIGTERM at the earliest; what is cut off by us at least ends in order. */
const DEFAULT_GRACE_MS = 8_000;

/**
 * Serves the app (with the console at `/` unless another page is given) until `close`, SIGTERM or SIGINT; a second signal ends the
 * process at once. Rejects where the port cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  return await serveApp(createNodeApp(options), options);
}

/** The app as Node serves it. */
export function createNodeApp(options: AppOptions): ReturnType<typeof createApp> {
  return createApp({ page: consolePage, longStream: saveMemory, ...options });
}

/** Serves an app as `startServer` does. */
export async function serveApp(
  app: Pick<ReturnType<typeof createApp>, 'fetch'>,
  { port, host, graceMs }: Listening,
): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  endSlowRequests(server);
  const closed = closeOnIdle(server, graceMs ?? DEFAULT_GRACE_MS);
  await listen(server, port, host);
  const stop = () => void close();
  const close = async () => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    await closed();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  return { url: urlOf(server.address() as AddressInfo), close };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A function that closes the server. Connections that are kept alive are closed as soon as their answer is out. */
function closeOnIdle(server: Server, graceMs: number): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const open = new Set<ServerResponse>();
  server.prependListener('request', (_, response) => {
    open.add(response);
    if (closing !== null) response.setHeader('Connection', 'close');
    response.once('close', () => {
      open.delete(response);
      if (closing !== null) setImmediate(() => server.closeIdleConnections());
    });
  });
  const close = () => {
    // Who is told beforehand sends the next request by another connection.
    for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close');
    const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
    return new Promise<void>((resolve) => server.close(() => resolve())).finally(() => clearTimeout(deadline));
  };
  return () => (closing ??= close());
}

/** Where a server listens, without a slash at the end. */
export function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
