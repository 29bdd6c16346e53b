import { describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/text/document.ts';
import { cutOut } from '../../src/verdict/clean.ts';
import { settle } from '../../src/verdict/settle.ts';
import type { InjectedSpan } from '../../src/verdict/verdict.ts';

/** A filter that takes every `(…)` of innermost brackets for an injection: removing one makes the next. */
function brackets(text: string): InjectedSpan[] {
  return [...text.matchAll(/\([^()]*\)/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    line: 1,
    category: 'adult',
    logOdds: 1,
    posterior: 0.9,
    action: 'remove',
    reasons: [{ code: 'bayes', weight: 1 }],
  }));
}

const settled = (text: string) => {
  const { spans, cuts } = settle(plainDocument(text), brackets(text), brackets);
  return { spans: spans.map(({ start, end }) => text.slice(start, end)), cleaned: cutOut(text, cuts), all: spans };
};

describe('settle', () => {
  it('leaves spans that join nothing as they are', () => {
    expect(settled('a(b)c(d)')).toMatchObject({ spans: ['(b)', '(d)'], cleaned: 'ac' });
  });

  it('widens a span until nothing is found in what is left', () => {
    const { spans, cleaned, all } = settled('a((b)(c))d');
    expect([spans, cleaned]).toEqual([['((b)(c))'], 'ad']);
    expect(all[0].logOdds).toBe(all[0].reasons.reduce((sum, { weight }) => sum + weight, 0));
  });

  it('leaves what was cut right before a span apart from it', () => {
    expect(settled('(a)((b))').spans).toEqual(['(a)', '((b))']);
    expect(settled('((a))(b)').spans).toEqual(['((a))', '(b)']);
  });

  it('takes whole lines where rounds do not end', () => {
    const text = `kept\n${'('.repeat(9)}x${')'.repeat(9)} honest\nkept too`;
    expect(settled(text).cleaned).toBe('kept\nkept too');
  });

  it('widens only spans on lines that do not settle, each to its own line', () => {
    const deep = `${'('.repeat(9)}x${')'.repeat(9)}`;
    const text = ['one (a) two', `b ${deep} c`, 'kept', `d (e) f ${deep}`, 'three (g) four'].join('\r\n');
    const { spans, cleaned } = settled(text);
    expect(spans).toEqual(['(a)', `b ${deep} c`, `d (e) f ${deep}`, '(g)']);
    expect(cleaned).toBe('one  two\r\nkept\r\nthree  four');
  });
});
