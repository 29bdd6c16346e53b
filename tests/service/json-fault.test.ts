import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../src/service/json-fault.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('findJsonFault', () => {
  it.each([
    ['', 0, 'a value'],
    ['  ', 2, 'a value'],
    ['x', 0, 'a value'],
    ['tru', 0, 'a value'],
    ['01', 1, 'the end'],
    ['1.', 1, 'the end'],
    ['-', 0, 'a value'],
    ['{} {}', 3, 'the end'],
    ['[1,]', 3, 'a value'],
    ['[1 2]', 3, ', or ]'],
    ['[}', 1, 'a value or ]'],
    ['[', 1, 'a value or ]'],
    ['{1:2}', 1, 'a name or }'],
    ['{"a" 1}', 5, ':'],
    ['{"a":1,}', 7, 'a name'],
    ['{"a":1]', 6, ', or }'],
    ['{"a"', 4, ':'],
    ["{'a':1}", 1, 'a name or }'],
    ['"a\tb"', 2, 'a character of a string'],
    ['"a', 2, 'a character of a string'],
    ['"a\\x"', 2, 'an escape'],
    ['"\\u12g4"', 1, 'an escape'],
    ['{"a": "\\', 7, 'an escape'],
    ['[1]"\\x"', 3, 'the end'],
    ['[1,\u00a02]', 3, 'a value'],
  ])('finds the fault of %j at %i, where %s could be', (text, position, expected) => {
    expect(findJsonFault(text)).toEqual({ position, expected });
  });

  test.prop([fc.json(), fc.nat(), fc.constantFrom('', ...'{}[]:,"\\ 0-.eEtu\n\u0001'), fc.nat(2)])(
    'agrees with JSON.parse, and what stands before a fault can be completed',
    (json, at, inserted, dropped) => {
      const place = at % (json.length + 1);
      const text = json.slice(0, place) + inserted + json.slice(place + dropped);
      const fault = findJsonFault(text);
      expect(fault === null).toBe(parses(text));
      if (fault === null) return;
      const before = text.slice(0, fault.position);
      expect(findJsonFault(before)?.position ?? before.length).toBe(before.length);
    },
  );

  it.each([
    ['digits', `[${'1'.repeat(5_000_000)}`],
    ['blanks', `[${' '.repeat(5_000_000)}`],
    ['escapes', `["${String.raw`\"`.repeat(2_500_000)}`],
    ['elements', `[${'0,'.repeat(2_500_000)}`],
  ])('takes 5 MB of %s', (_, text) => {
    const started = performance.now();
    expect(findJsonFault(text)?.position).toBe(text.length);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
