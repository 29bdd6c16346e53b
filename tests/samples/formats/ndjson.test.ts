import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndjsonOfSample, samplesOfNdjson } from '../../../src/samples/formats/ndjson.ts';
import { TEXT_FORMATS, writeSamples } from '../../../src/samples/formats/sample-formats.ts';
import { all, anySample, brief, complaints, cut } from './rows.ts';

const row = (text: string, label = 'spam'): string => JSON.stringify({ text, label });

describe('NDJSON', () => {
  it('gives every sample back as it was, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySample, { maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        async (samples, size) => {
          const text = (await all(writeSamples(TEXT_FORMATS.ndjson, samples))).join('');
          expect(await all(samplesOfNdjson(cut(text, size)))).toEqual(samples);
        },
      ),
    );
  });

  it('is one line a sample, well-formed whatever the text is', () => {
    const sample = {
      text: 'a\nb\u2028\ud800',
      label: 'spam',
      category: null,
      language: null,
      origin: 'human',
    } as const;
    const rest = { author: '', site: null, documentId: null, verdictId: null, span: null };
    const line = ndjsonOfSample({ ...sample, ...rest });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(line.isWellFormed()).toBe(true);
  });

  it('goes on after a bad row, and names its line', async () => {
    const text = `\ufeff${row('one')}\r\n\r\n{"text": \n[]\n${row('two', 'ham')}\nnull\n${row('three', 'legit')}`;
    expect(await brief(samplesOfNdjson(text, { source: 'in.ndjson' }))).toEqual([
      'spam one',
      '! in.ndjson:3',
      '! in.ndjson:4',
      '! in.ndjson:5',
      '! in.ndjson:6',
      'legit three',
    ]);
  });

  it('holds nothing of a line of 10 MB, whole or in pieces', async () => {
    const text = `${row('one')}\n"${'x'.repeat(10_000_000)}"\n${row('two')}\n`;
    for (const source of [text, cut(text, 65_536)]) {
      expect(await brief(samplesOfNdjson(source, { source: 'f' }))).toEqual(['spam one', '! f:2', 'spam two']);
    }
    expect(await complaints(samplesOfNdjson(text))).toEqual([expect.stringContaining('more than 120000 units; split')]);
  });

  it('is not misled by names that every object has', async () => {
    const hostile = '{"__proto__":{"text":"x","label":"spam"}}\n{"text":"constructor","label":"spam","toString":1}\n';
    expect(await brief(samplesOfNdjson(hostile))).toEqual(['! import:1', 'spam constructor']);
  });
});
