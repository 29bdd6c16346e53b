import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_PARTS, AblatedScorer, type Parts } from '../../scripts/ablation-scorer.ts';
import { decodeModel } from '../../src/bayes/codec.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { readRows } from '../../src/node/training-data.ts';
import { compiledRules } from '../../src/rules/compiled.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { plainDocument } from '../../src/text/document.ts';
import { Finder } from '../../src/verdict/find.ts';

const model = await decodeModel(readFileSync(join(BASE_MODEL_FOLDER, 'model.bin')));
const rows = readRows(join(PACKAGE_FOLDER, 'training-data', 'heldout'));

describe('the scorer of the ablation', () => {
  it('finds what the sieve finds, with the same log-odds, where nothing is left out', () => {
    const finder = new Finder(model, compiledRules(builtinRules));
    const scorer = new AblatedScorer(model.weights, ALL_PARTS);
    let compared = 0;
    for (const { text } of rows) {
      finder.find(plainDocument(text), false, ({ findings }) => {
        if (findings.length !== 1) return;
        compared++;
        const [{ start, end, logOdds }] = scorer.find(text);
        const [found] = findings;
        expect([start, end], text).toEqual([found.start, found.end]);
        expect(logOdds, text).toBeCloseTo(found.logOdds, 3);
      });
    }
    expect(compared).toBeGreaterThan(100);
  });

  const LIST = '国产精品一区_久久午夜无码_清晨的海风_亚洲成人网站_人妻熟女自拍';
  const BEST = (parts: Partial<Parts>, text: string): number =>
    Math.max(
      -Infinity,
      ...new AblatedScorer(model.weights, { ...ALL_PARTS, ...parts }).find(text).map(({ logOdds }) => logOdds),
    );

  it.each([
    ['rules', LIST],
    ['lists', LIST],
    ['drift', LIST],
    ['segmentation', `会议在北京举行，代表们讨论了三项议案。${LIST}`],
    ['costs', `会议在北京举行，代表们讨论了三项议案，${LIST}`],
    ['fold', '国 产 精 品 一 区 久 久 午 夜 无 码'],
    ['joint', `Node.js 应用运行效率和性能的优化实践${LIST}`],
    ['echo', '国产精品国产精品国产精品国产精品'],
  ] as const)('%s can be left out, and is heard where it stands', (part, text) => {
    expect(BEST({ [part]: false }, text)).not.toBeCloseTo(BEST({}, text), 2);
  });
});
