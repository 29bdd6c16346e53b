import { FetchFailure } from './fetch-failure.ts';
import type { HttpAnswer } from './http.ts';

/** Redirects in a row: browsers allow twenty, honest sites need two. */
export const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Follows redirects by hand, so that every hop passes through `step`: the same checks as the first address. Throws a
 * FetchFailure for a loop, for too many hops and for a target that is no address.
 */
export async function followRedirects(
  start: URL,
  step: (url: URL, from: URL | null) => Promise<HttpAnswer>,
): Promise<{ readonly url: URL; readonly answer: HttpAnswer }> {
  const visited = new Set<string>();
  let url = start;
  let from: URL | null = null;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    visited.add(url.href);
    const answer = await step(url, from);
    if (!isRedirect(answer.status)) return { url, answer };
    from = url;
    url = targetOf(answer, url);
    if (visited.has(url.href))
      throw new FetchFailure('redirect-loop', `${start.href} redirects in a circle over ${url.href}`);
  }
  throw new FetchFailure('redirects', `${start.href} redirects more than ${MOST_REDIRECTS} times`);
}

function targetOf({ status, headers }: HttpAnswer, from: URL): URL {
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new FetchFailure('redirects', `${from.href} answered ${status} without an address to go to`);
  }
  const target = new URL(location, from.href);
  target.hash = '';
  return target;
}
