import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { tooDeepAt } from '../../src/service/json-depth.ts';

/** Depth of a parsed value: what `tooDeepAt` must find without parsing. */
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('tooDeepAt', () => {
  it.each([
    ['[[1]]', 2, -1],
    ['[[1]]', 1, 1],
    ['[[1],{"a":{}}]', 2, 10],
    ['"[[[["', 1, -1],
    [String.raw`["\"[[[["]`, 1, -1],
    [String.raw`["\\",[1]]`, 1, 6],
    [String.raw`["\\\"[["]`, 1, -1],
    ['["[[', 1, -1],
    [']][[', 1, -1],
    ['7', 0, -1],
    ['[', 0, 0],
  ])('%j with a limit of %i: %i', (text, limit, position) => {
    expect(tooDeepAt(text, limit)).toBe(position);
  });

  test.prop([fc.json({ maxDepth: 5 }), fc.nat(6)])('finds what the parsed value says', (json, limit) => {
    expect(tooDeepAt(json, limit) >= 0).toBe(depthOf(JSON.parse(json)) > limit);
  });

  it.each([
    ['escaped quotes', `"${String.raw`\"`.repeat(2_500_000)}`],
    ['backslashes', `"${'\\'.repeat(5_000_000)}`],
    ['empty strings', '""'.repeat(2_500_000)],
  ])('takes 5 MB of %s', (_, text) => {
    const started = performance.now();
    expect(tooDeepAt(text, 64)).toBe(-1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
