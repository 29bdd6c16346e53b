import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastTextOfSample, samplesOfFastText } from '../../../src/samples/formats/fast-text.ts';
import { foldString } from '../../../src/text/fold.ts';
import { linesOf } from '../../../src/text/lines.ts';
import { all, anySample, BARE, brief, complaints } from './rows.ts';

describe('fastText lines', () => {
  it.each([
    ['__label__spam best odds', ['spam best odds']],
    ['__label__ham  two blanks\r\n', ['legit  two blanks']],
    ['__label__legit\ttab', ['legit tab']],
    ['\ufeff__label__spam __label__gambling odds\n\n__label__legit x', ['spam odds', 'legit x']],
    ['__label__gambling __label__spam odds', ['spam odds']],
    ['no label\n__label__spam ok', ['! import:1', 'spam ok']],
    ['__label__gossip odds', ['! import:1']],
    ['__label__spam', ['! import:1']],
    ['__label__spam __label__legit x', ['! import:1']],
    ['__label__spam __label__constructor x', ['! import:1']],
    ['__label__spam __label__pharma __label__loans x', ['! import:1']],
    ['__label__legit __label__adult x', ['! import:1']],
  ])('%j', async (text, expected) => {
    expect(await brief(samplesOfFastText(text))).toEqual(expected);
  });

  it('keep the category', async () => {
    const sample = { ...BARE, text: 'odds', label: 'spam', category: 'gambling' } as const;
    expect(fastTextOfSample(sample)).toBe('__label__spam __label__gambling odds\n');
    expect(await all(samplesOfFastText(fastTextOfSample(sample)))).toEqual([sample]);
  });

  it('give each line of a text back with its label', async () => {
    await fc.assert(
      fc.asyncProperty(anySample, async (sample) => {
        const { text, label } = sample;
        const lines = linesOf(text).map(({ start, end }) => text.slice(start, end));
        const filled = lines.filter((line) => foldString(line).trim() !== '');
        const read = await all(samplesOfFastText(fastTextOfSample(sample)));
        expect(read.flatMap((row) => ('error' in row ? [] : [`${row.label} ${row.text}`]))).toEqual(
          filled.map((line) => `${label} ${line}`),
        );
      }),
    );
  });

  it('keep text apart that begins like a label', async () => {
    const sample = { ...BARE, text: '__label__legit is a tag', label: 'spam' } as const;
    expect(await brief(samplesOfFastText(fastTextOfSample(sample)))).toEqual(['spam  __label__legit is a tag']);
  });

  it('name the second label', async () => {
    expect(await complaints(samplesOfFastText('__label__spam __label__x y'))).toEqual([
      expect.stringContaining('"__label__x" is a second label'),
    ]);
  });
});
