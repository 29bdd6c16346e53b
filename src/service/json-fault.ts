/** What the grammar of JSON allows at a place; the words stand in error messages as they are. */
type Expected = 'a value' | 'a value or ]' | 'a name' | 'a name or }' | ':' | ', or ]' | ', or }' | 'the end';

/** Where a text stops being JSON, in UTF-16 units, and what could have stood there. */
export interface JsonFault {
  readonly position: number;
  readonly expected: Expected | 'a character of a string' | 'an escape';
}

/** Blank, tab, line feed, carriage return. */
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * The first fault of a text that `JSON.parse` refuses, `null` for JSON. The messages of the engines name a position only at times,
 * and not the same on every runtime. O(n), without recursion.
 */
export function findJsonFault(text: string): JsonFault | null {
  const closers: ('}' | ']')[] = [];
  let expected: Expected = 'a value';
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
    const token = tokenAt(text, at);
    if (typeof token === 'object') return expected.startsWith('a') ? token : { position: at, expected };
    const next = follow(expected, text[at] ?? '', token, closers);
    if (next === null) return { position: at, expected };
    expected = next;
    at += token;
  }
  return expected === 'the end' ? null : { position: text.length, expected };
}

/** Units of the token at `at` (0: none starts there), or the fault inside of a string. */
function tokenAt(text: string, at: number): number | JsonFault {
  const first = text[at] ?? '';
  if (first === '"') return stringAt(text, at);
  return '{}[]:,'.includes(first) ? 1 : lengthAt(SCALAR, text, at);
}

function stringAt(text: string, start: number): number | JsonFault {
  let at = start + 1;
  for (let unit = text.charCodeAt(at); unit !== 0x22; unit = text.charCodeAt(at)) {
    if (!(unit >= 0x20)) return { position: at, expected: 'a character of a string' };
    const units = unit === 0x5c ? lengthAt(ESCAPE, text, at) : 1;
    if (units === 0) return { position: at, expected: 'an escape' };
    at += units;
  }
  return at + 1 - start;
}

/** What may follow a token that starts with `first`; `null` where the token itself may not stand. */
function follow(expected: Expected, first: string, units: number, closers: ('}' | ']')[]): Expected | null {
  if ((first === ']' || first === '}') && expected.endsWith(first)) {
    closers.pop();
    return afterValue(closers);
  }
  if (expected.startsWith('a name')) return first === '"' ? ':' : null;
  if (expected === ':') return first === ':' ? 'a value' : null;
  if (expected.startsWith(',')) return first === ',' ? afterComma(closers) : null;
  return expected === 'the end' || units === 0 ? null : afterStart(first, closers);
}

/** What follows the start of a value: its inside where it opens, what comes behind it otherwise. */
function afterStart(first: string, closers: ('}' | ']')[]): Expected | null {
  if (first === '{') {
    closers.push('}');
    return 'a name or }';
  }
  if (first === '[') {
    closers.push(']');
    return 'a value or ]';
  }
  return '}]:,'.includes(first) ? null : afterValue(closers);
}

function afterValue(closers: readonly ('}' | ']')[]): Expected {
  const closer = closers.at(-1);
  return closer === undefined ? 'the end' : `, or ${closer}`;
}

function afterComma(closers: readonly ('}' | ']')[]): Expected {
  return closers.at(-1) === '}' ? 'a name' : 'a value';
}

function skipBlank(text: string, at: number): number {
  let next = at;
  for (let unit = text.charCodeAt(next); BLANKS.has(unit); unit = text.charCodeAt(next)) next++;
  return next;
}

/** Units that a sticky expression matches at `at`. */
function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}
