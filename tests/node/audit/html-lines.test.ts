import { describe, expect, it } from 'vitest';
import { loadBaseSieve } from '../../../src/node/base-sieve.ts';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const HONEST = '会议强调，要加强值守，确保安全。';
const sieve = await loadBaseSieve();

describe('what an audit reads of a page', () => {
  it.each([
    ['a table cell', `<table><tr><td>${HONEST}</td><td>§</td></tr></table>`],
    ['a heading of a table', `<table><caption>§</caption><tr><th>${HONEST}</th></tr></table>`],
    ['a list item', `<ul><li>${HONEST}</li><li>§</li></ul>`],
    ['a definition', `<dl><dt>${HONEST}</dt><dd>§</dd></dl>`],
    ['an alternative text', `<p>${HONEST}</p><img src="a.png" alt="§">`],
    ['a title of an element', `<p title="§">${HONEST}</p>`],
    ['a description', `<head><meta name="description" content="§"></head><p>${HONEST}</p>`],
  ])('has %s as a line of its own', (_, frame) => {
    const html = frame.replace('§', SPAM);
    const { spans } = sieve.check({ html });
    expect(spans.map(({ start, end }) => html.slice(start, end))).toEqual([SPAM]);
    expect(sieve.check({ html: frame.replace('§', HONEST) }).spans).toEqual([]);
  });

  it('says no line twice, and has cells that stand side by side apart', () => {
    const html = '<table><tr><td>one</td><td>two</td></tr></table><ul><li>three</li></ul>';
    const { lines = [] } = sieve.check({ html }, { lines: true });
    expect(lines.map(({ start, end }) => html.slice(start, end))).toEqual(['one', 'two', 'three']);
  });
});
