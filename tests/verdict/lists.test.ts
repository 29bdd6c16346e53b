import { describe, expect, it } from 'vitest';
import { boundaryCosts, createCosts } from '../../src/verdict/boundary.ts';
import { cohere } from '../../src/verdict/lists.ts';
import { segment } from '../../src/verdict/segment.ts';

/** Segments a line whose phrases have the given evidence: every unit of `good` phrases −1, of `bad` ones +1. */
function injected(text: string, bad: RegExp): string[] {
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const evidence = new Float32Array(text.length);
  const bads = [...text.matchAll(bad)];
  for (let k = 0; k < text.length; k++) {
    if (!/\p{L}/u.test(text[k])) continue;
    evidence[k] = bads.some((match) => k >= match.index && k < match.index + match[0].length) ? 1 : -1;
  }
  const costs = createCosts(text.length);
  boundaryCosts(units, text.length, costs);
  cohere(units, text.length, evidence, costs);
  return segment(evidence, costs, text.length).map(({ start, end }) => text.slice(start, end));
}

describe('list coherence', () => {
  it('keeps an innocent phrase inside a spam list', () => {
    const list = '垃圾词一二三_垃圾词四五六_春天的故事_垃圾词七八九_垃圾词十十一';
    expect(injected(list, /垃圾词[^_]+/g)).toEqual([list]);
  });

  it('keeps an innocent phrase at either end of a line that is mostly a spam list', () => {
    const list = '春天的故事,垃圾词一二三四,垃圾词四五六七,垃圾词七八九十,秋天的童话';
    expect(injected(list, /垃圾词[^,]+/g)).toEqual([list]);
  });

  it('starts at the joint when a list is glued to a sentence', () => {
    const text = '会议昨天下午在北京顺利举行。垃圾词一二三|老歌一首|垃圾词四五六|垃圾词七八九';
    expect(injected(text, /垃圾词[^|]+/g)).toEqual(['垃圾词一二三|老歌一首|垃圾词四五六|垃圾词七八九']);
  });

  it('leaves an honest list with one bad phrase alone but for that phrase', () => {
    const text = '红烧牛肉面_垃圾词一二三四五六_清炒西兰花_番茄鸡蛋汤_凉拌海带丝';
    expect(injected(text, /垃圾词[^_]+/g).join('')).not.toContain('西兰花');
  });

  it.each([
    ['inside', '垃圾词一二三_垃圾词四五六_春天里.故事会_垃圾词七八九'],
    ['at the head', '春天里.故事会_垃圾词一二三_垃圾词四五六_垃圾词七八九'],
    ['at the tail', '垃圾词一二三_垃圾词四五六_垃圾词七八九_春天里.故事会'],
  ])('keeps a phrase that has a mark of its own %s', (_, list) => {
    expect(injected(list, /垃圾词[^_]+/g)).toEqual([list]);
  });

  it('takes no sentence before a list for its first phrase, whatever mark stands between', () => {
    const spam = '垃圾词一二三,垃圾词四五六,垃圾词七八九,垃圾词十十一';
    for (const mark of [':', '...', ') ', '. ', '.']) {
      expect(injected(`会议昨天下午在北京顺利举行${mark}${spam}`, /垃圾词[^,]+/g)).toEqual([spam]);
    }
  });

  it('takes no sentence of spaced words for a list', () => {
    expect(injected('the mayor opened the bridge on sunday', /spam/g)).toEqual([]);
  });
});
