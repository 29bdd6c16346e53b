import { describe, expect, it } from 'vitest';
import { firstWhere, joinSpans } from '../../src/text/span.ts';

describe('joinSpans', () => {
  const spans = [
    { start: 5, end: 7 },
    { start: 0, end: 2 },
    { start: 2, end: 3 },
    { start: 6, end: 6 },
    { start: 9, end: 10 },
  ];

  it('joins spans that touch or overlap, in any order', () => {
    expect(joinSpans(spans).map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [5, 7],
      [9, 10],
    ]);
  });

  it('joins what a bridge joins', () => {
    expect(joinSpans(spans, (start, end) => start === 3 && end === 5)).toEqual([
      { start: 0, end: 7 },
      { start: 9, end: 10 },
    ]);
  });
});

it('finds the first item that passes', () => {
  const least = (value: number) => firstWhere([1, 3, 3, 8], (item) => item >= value);
  expect([0, 1, 2, 3, 4, 8, 9].map(least)).toEqual([0, 0, 1, 1, 3, 3, 4]);
});
