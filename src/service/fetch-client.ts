import { FetchFailure } from '../audit/web/fetch-failure.ts';
import { collected } from '../audit/web/gunzip.ts';
import type { HttpAnswer, HttpClient, HttpHead, HttpRequest } from '../audit/web/http.ts';
import type { Dependencies } from './dependencies.ts';
import { isPrivateAddress, isPrivateHost } from './private-address.ts';

/** For one request from the first byte sent to the last one read. */
const TIMEOUT_MS = 10_000;

/**
 * Requests by the runtime's own `fetch`: one at a time and address, redirects are given back as they are. Hosts that are not on the public
 * Internet are refused, by name, and by address where the runtime can look names up.
 */
export function fetchClient({ fetch = globalThis.fetch, resolveHost, version }: Dependencies): HttpClient {
  return {
    async get(url, request) {
      await checkPublic(url, resolveHost);
      const headers = {
        'user-agent': `linesieve/${version}`,
        accept: 'text/html, application/xhtml+xml, text/plain;q=.9, text/markdown;q=.9, */*;q=.1',
        ...request.headers,
      };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      try {
        return await answerOf(await fetch(url.href, { headers, redirect: 'manual', signal }), request);
      } catch (error) {
        if (error instanceof FetchFailure) throw error;
        if (signal.aborted) throw new FetchFailure('timeout', `${url.href} took more than ${TIMEOUT_MS / 1000} s`);
        throw new FetchFailure(
          'network',
          `${url.href}: ${error instanceof Error ? error.message : String(error)}`,
          true,
        );
      }
    },
  };
}

async function checkPublic({ hostname, href }: URL, resolveHost: Dependencies['resolveHost']): Promise<void> {
  const refused = new FetchFailure('private-address', `${href} is not on the public Internet`);
  if (isPrivateHost(hostname)) throw refused;
  if (resolveHost === undefined || /^[[\d]/.test(hostname)) return;
  const addresses = await resolveHost(hostname).catch(() => []);
  if (addresses.length === 0) throw new FetchFailure('no-such-host', `${href}: the host has no address`);
  if (addresses.some(isPrivateAddress)) throw refused;
}

async function answerOf(response: Response, { maxBytes, wantsBody }: HttpRequest): Promise<HttpAnswer> {
  const head = headOf(response);
  if (wantsBody(head) && response.body !== null) return { ...head, body: await collected(response.body, maxBytes) };
  await response.body?.cancel();
  return { ...head, body: wantsBody(head) ? new Uint8Array() : null };
}

function headOf({ status, headers }: Response): HttpHead {
  const names = ['content-type', 'last-modified', 'retry-after', 'etag', 'location'] as const;
  return { status, headers: Object.fromEntries(names.map((name) => [name, headers.get(name) ?? undefined])) };
}
