import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeModel } from '../../src/bayes/codec.ts';
import { encodeCounts } from '../../src/bayes/figures.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { readTrainingSet } from '../../src/node/training-data.ts';
import type { TrainingRow } from '../../src/training/corpus.ts';
import { LineCounter } from '../../src/training/counting.ts';
import { createRandom } from '../../src/training/random.ts';
import { SCALING, scaleWeights } from '../../src/training/scaling.ts';
import { BUCKETS, coarseId, FeatureList, listFeatures } from '../../src/bayes/features.ts';
import { unitClass } from '../../src/text/unit.ts';
import { fitCategories } from '../../src/training/categories.ts';
import { train } from '../../src/training/train.ts';

const row = (id: string, text: string, label: 'legit' | 'spam'): TrainingRow => ({
  id,
  text,
  label,
  category: label === 'spam' ? 'adult' : '',
  language: 'zh-Hans',
  kind: 'list',
  source: 'linesieve',
});
const rows = [
  row('1', '会议昨日召开', 'legit'),
  row('2', '天气预报有雨', 'legit'),
  row('3', '垃圾词甲_垃圾词乙', 'spam'),
  row('4', '垃圾词丙_垃圾词丁', 'spam'),
];

describe('train', () => {
  it('rebuilds the base model byte for byte from the repository alone', async () => {
    const { model, counts } = await train(await readTrainingSet(join(PACKAGE_FOLDER, 'training-data')));
    expect(Buffer.from(model).equals(readFileSync(join(BASE_MODEL_FOLDER, 'model.bin')))).toBe(true);
    expect(Buffer.from(counts).equals(readFileSync(join(BASE_MODEL_FOLDER, 'counts.bin')))).toBe(true);
  });

  it('gives the same bytes whatever the order of the rows, when weights are pure counts', async () => {
    const one = await train({ rows, grammars: [], background: null }, 'none');
    const other = await train({ rows: rows.toReversed(), grammars: [], background: null }, 'none');
    expect(Buffer.from(one.model).equals(Buffer.from(other.model))).toBe(true);
  });

  it('scales only when asked to', async () => {
    const set = { rows, grammars: [], background: null };
    const [pure, scaled] = [await train(set, 'none'), await train(set, 'full')];
    const weights = await Promise.all([pure, scaled].map(async ({ model }) => (await decodeModel(model)).weights));
    expect(Buffer.from(weights[0]).equals(Buffer.from(weights[1]))).toBe(false);
  });
});

describe('categories', () => {
  it('do not lose in one language for their many lines in another', () => {
    const line = (text: string, category: 'adult' | 'gambling', language: string) => ({ text, category, language });
    const han = Array.from({ length: 500 }, (_, at) =>
      line(`久久精品${String.fromCharCode(0x4e00 + at)}`, 'adult', 'zh-Hans'),
    );
    const english = [line('naked live cams', 'adult', 'en'), line('live casino cams and slots', 'gambling', 'en')];
    const { names, weights, bits } = fitCategories([...han, ...english]);
    const score = (text: string, name: string): number => {
      const features = new FeatureList();
      const units = Uint16Array.from(text, (unit) => unit.charCodeAt(0));
      listFeatures(units, units.length, unitClass, features);
      const row = names.indexOf(name) << bits;
      return features.ids.subarray(0, features.length).reduce((sum, id) => sum + weights[row + coarseId(id, bits)], 0);
    };
    expect(score('naked', 'adult')).toBeGreaterThan(score('naked', 'gambling'));
    expect(score('casino', 'gambling')).toBeGreaterThan(score('casino', 'adult'));
    expect(score('live cams', 'adult')).toBeGreaterThan(score('live cams', 'gambling'));
  });
});

describe('LineCounter', () => {
  it('takes a line back exactly', async () => {
    const [a, b] = [new LineCounter(), new LineCounter()];
    for (const { text, label } of rows) a.add(text, label);
    for (const { text, label } of rows.slice(1)) b.add(text, label);
    a.subtract(rows[0].text, rows[0].label);
    expect(Buffer.from(await encodeCounts(a.counts)).equals(Buffer.from(await encodeCounts(b.counts)))).toBe(true);
  });
});

const GENTLE = { ...SCALING, epochs: 30, rate: 0.5, averaged: 1, dropout: 0, margin: 0 };

function scaled(seed: number, options: Partial<typeof GENTLE>): Float32Array {
  const weights = new Float32Array(BUCKETS);
  scaleWeights(weights, rows, createRandom(seed), { ...GENTLE, ...options });
  return weights;
}

const least = (weights: Float32Array): number => weights.reduce((a, b) => Math.min(a, b));
const most = (weights: Float32Array): number => weights.reduce((a, b) => Math.max(a, b));

describe('scaleWeights', () => {
  it('learns to part the lines, and the same for the same seed', () => {
    const [first, again] = [scaled(1, { dropout: 0.3 }), scaled(1, { dropout: 0.3 })];
    expect(first).toEqual(again);
    expect(most(first)).toBeGreaterThan(0.5);
    expect(least(first)).toBeLessThan(0);
    expect(first).not.toEqual(scaled(2, { dropout: 0.3 }));
  });

  it('asks more of honest lines with a margin', () => {
    expect(least(scaled(1, { margin: 3 }))).toBeLessThan(least(scaled(1, {})) - 0.1);
  });

  it('spreads evidence over more n-grams where some are left out at random', () => {
    const squares = (weights: Float32Array): number => weights.reduce((sum, weight) => sum + weight * weight, 0);
    expect(most(scaled(1, { dropout: 0.5 }))).not.toBe(most(scaled(1, {})));
    expect(squares(scaled(1, { dropout: 0.5 }))).toBeGreaterThan(squares(scaled(1, {})));
  });

  it('gives the mean over the last passes', () => {
    const passes = [2, 3].map((epochs) => scaled(1, { epochs }));
    const mean = passes[0].map((weight, id) => Math.fround((weight + passes[1][id]) / 2));
    const averaged = scaled(1, { epochs: 3, averaged: 2 });
    expect(averaged.every((weight, id) => Math.abs(weight - mean[id]) < 1e-6)).toBe(true);
  });
});
