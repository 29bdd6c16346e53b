import type { IncomingMessage, Server } from 'node:http';

/** Bodies that are rows of a stream, which may come for hours. */
const STREAM = /^\/v1\/check\/batch(?:\?|$)/;

export interface SlowLimits {
  /** How long a body may take that is no stream. */
  readonly bodyMs: number;
  /** How long a connection may be open on which nothing moves, that of a stream too. */
  readonly idleMs: number;
}

/** Node's own limit of a whole request. */
const LIMITS: SlowLimits = { bodyMs: 300_000, idleMs: 300_000 };

/**
 * Closes the connections of requests that take too long to send. Node limits all requests alike, streams too, so that its limit is off and this one looks
 * ten times in its time for bodies that are late.
 */
export function endSlowRequests(server: Server, { bodyMs, idleMs }: SlowLimits = LIMITS): void {
  server.requestTimeout = 0;
  server.setTimeout(idleMs);
  const began = new Map<IncomingMessage, number>();
  server.prependListener('request', (request, response) => {
    if (STREAM.test(request.url ?? '')) return;
    began.set(request, performance.now());
    response.once('close', () => began.delete(request));
  });
  const look = setInterval(() => {
    const now = performance.now();
    for (const [request, at] of began) if (!request.complete && now - at > bodyMs) request.destroy();
  }, bodyMs / 10);
  look.unref();
  server.once('close', () => clearInterval(look));
}
