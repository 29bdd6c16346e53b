/** Where the address of a link or image ends, and its title if it has one; positions in the source. */
export interface Address {
  /** Behind the closing bracket. */
  readonly end: number;
  readonly titleStart: number;
  readonly titleEnd: number;
}

/** Brackets in an address may nest this deep; CommonMark asks for 32. */
const DEEPEST = 32;
/** What ends a title, by what begins it; a title in brackets ends where another bracket opens, so that no search is long. */
const CLOSING: ReadonlyMap<string, RegExp> = new Map([
  ['"', /"/g],
  ["'", /'/g],
  ['(', /[()]/g],
]);

/**
 * Reads `(address "title")` that starts at `at`; `null` where there is none before `end`. Cost: brackets that do not close
 * end the reading at `DEEPEST`, so that many openings in a row cost no more than that many times their length.
 */
export function readAddress(source: string, at: number, end: number): Address | null {
  if (source[at] !== '(') return null;
  const target = readTarget(source, skipBlanks(source, at + 1, end), end);
  if (target < 0) return null;
  const next = skipBlanks(source, target, end);
  if (next < end && source[next] === ')') return { end: next + 1, titleStart: next, titleEnd: next };
  const closing = next > target ? CLOSING.get(source[next] ?? '') : undefined;
  if (closing === undefined) return null;
  closing.lastIndex = next + 1;
  const titleEnd = closing.exec(source)?.index ?? -1;
  if (titleEnd < 0 || titleEnd >= end || source[titleEnd] === '(') return null;
  const close = skipBlanks(source, titleEnd + 1, end);
  return close < end && source[close] === ')' ? { end: close + 1, titleStart: next + 1, titleEnd } : null;
}

function skipBlanks(source: string, at: number, end: number): number {
  let next = at;
  while (next < end && /\s/.test(source[next])) next++;
  return next;
}

function readTarget(source: string, at: number, end: number): number {
  if (source[at] === '<') {
    const close = /[<>\n]/g;
    close.lastIndex = at + 1;
    const found = close.exec(source);
    return found !== null && found[0] === '>' && found.index < end ? found.index + 1 : -1;
  }
  let depth = 0;
  let next = at;
  for (; next < end && !/[\s<]/.test(source[next]); next++) {
    if (source[next] === '\\') next++;
    else if (source[next] === '(' && ++depth > DEEPEST) return -1;
    else if (source[next] === ')' && depth-- === 0) return next;
  }
  return depth === 0 && next <= end ? next : -1;
}
