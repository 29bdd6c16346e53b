import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkHost, guardedLookup, publicOnly, type AddressGuard, type Resolve } from './audit/web/address-guard.ts';

/** As much of `fetch` as messages need. */
export type SendMessage = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Sends as `fetch` does, to addresses that the guard lets through and no others: what was looked up is what is connected to, so that a name which
 * changes after a check (DNS rebinding) gains nothing. No redirect is followed, and nothing is read of the answer but its head.
 */
export function pinnedFetch(guard: AddressGuard = publicOnly, resolve?: Resolve): SendMessage {
  const lookup = guardedLookup(guard, resolve);
  return async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    checkHost(guard, url);
    const { promise, resolve: answered, reject } = Promise.withResolvers<IncomingMessage>();
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    // No agent: a connection that is kept would be one that no look-up guards.
    const sent = send(url, {
      agent: false,
      lookup,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(signal === null || signal === undefined ? {} : { signal }),
    });
    sent
      .on('response', answered)
      .on('error', (error) => reject(signal?.aborted === true ? signal.reason : error))
      .end(body);
    const answer = await promise;
    answer.destroy();
    return new Response(null, { status: answer.statusCode ?? 500 });
  };
}
