const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Where arrays and objects first stand more than `limit` deep in a JSON text, or -1. Looks at the text before it is parsed, so that
 * no parser meets the depth. Strings are jumped over: most of a body is one. O(n), also for a text that is not JSON.
 */
export function tooDeepAt(text: string, limit: number): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = closingQuote(text, at);
    // `[` and `{`, `]` and `}` differ in one bit.
    else if ((unit & ~0x20) === 0x5b && ++depth > limit) return at;
    else if ((unit & ~0x20) === 0x5d) depth--;
  }
  return -1;
}

/** Where the string that opens at `start` closes; the end of the text where it does not. */
function closingQuote(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote < 0 ? text.length : quote;
}

/** An odd number of backslashes before it. They belong to this quote alone, so that all of them together are O(n). */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (quote - at) % 2 === 1;
}
