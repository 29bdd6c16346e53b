import { describe, expect, it } from 'vitest';
import { BOUNDARY, BUCKETS, extend, trigramId } from '../../src/bayes/features.ts';
import { boundaryCosts, createCosts } from '../../src/verdict/boundary.ts';
import { startOf } from '../../src/verdict/joint.ts';

const ngrams = new Int8Array(BUCKETS);
// `^垃圾`, the beginning of a phrase: 2.5 natural-log odds.
ngrams[trigramId(extend(extend(BOUNDARY, '垃'.charCodeAt(0)), '圾'.charCodeAt(0)))] = 50;

/** The stretch that begins at `|` after its start was moved; units of `垃圾词…` weigh 1, others what `honest` says. */
function moved(marked: string, honest: number): string {
  const start = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const units = Uint16Array.from(text, (unit) => unit.charCodeAt(0));
  const evidence = new Float32Array(text.length).map((_, k) => (/\p{L}|\p{N}/u.test(text[k]) ? honest : 0));
  for (const { 0: found, index } of text.matchAll(/垃圾词\S*/g)) evidence.fill(1, index, index + found.length);
  const costs = createCosts(text.length);
  boundaryCosts(units, text.length, costs);
  return text.slice(startOf({ units, length: text.length, evidence, costs, ngrams }, start, text.length));
}

describe('the start of an injection that was glued to a sentence', () => {
  it.each([
    ['behind words that speak against it', '我们用 Node ¦写了一个很小的程序垃圾词一_垃圾词二', -0.8],
    ['behind a bracket that was opened before', '请看下图(¦点击大图)垃圾词一_垃圾词二', -0.1],
    ['behind the end of a sentence', '他走了。¦只剩下窗外的雨...垃圾词一_垃圾词二', -0.4],
    ['behind a file name', '见 ¦working-with-data.md垃圾词一_垃圾词二', -0.1],
  ])('is %s', (_, text, honest) => expect(moved(text, honest)).toBe('垃圾词一_垃圾词二'));

  it('is before the first characters of its phrase', () =>
    expect(moved('会议已经结束了 垃¦圾词一_垃圾词二', -0.4)).toBe('垃圾词一_垃圾词二'));

  it.each([
    ['the line begins with it', '¦写了一个很小的程序垃圾词一_垃圾词二', -0.8],
    ['the words before speak against it by little', '会议已经结束了 ¦大叔的垃圾词一_垃圾词二', -0.4],
    ['a sentence ends before it', '会议已经结束了。¦大叔的幸福垃圾词一_垃圾词二', -0.8],
    ['a separator stands between', '会议已经结束了 ¦写了一个很小的程序_垃圾词一_垃圾词二', -0.9],
    ['its brackets are its own', '会议已经结束了 ¦大叔(二)垃圾词一_垃圾词二', -0.1],
  ])('stays where %s', (_, text, honest) => expect(moved(text, honest)).toBe(text.slice(text.indexOf('¦') + 1)));
});
