import { describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/text/document.ts';
import { cutOut, cutsOf } from '../../src/verdict/clean.ts';

const cleaned = (text: string, injected: string): string => {
  const start = text.indexOf(injected);
  return cutOut(text, cutsOf(plainDocument(text), [{ start, end: start + injected.length }]));
};

describe('cleaning', () => {
  it.each([
    ['a whole line goes with its break', 'a\nXX\nb\n', 'a\nb\n'],
    ['so does one with blanks around', 'a\r\n  XX \r\nb', 'a\r\nb'],
    ['the last line leaves the break before it', 'a\nXX', 'a\n'],
    ['the only line', 'XX', ''],
    ['a tail leaves its sentence', 'a.XX\nb', 'a.\nb'],
    ['a middle joins nothing else', 'a XX b', 'a  b'],
    ['blank lines around stay', 'a\n\nXX\n\nb', 'a\n\n\nb'],
  ])('%s', (_, text, expected) => {
    expect(cleaned(text, 'XX')).toBe(expected);
  });
});
