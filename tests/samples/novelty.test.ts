import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { campaignLines, readCampaigns } from '../../scripts/campaigns.ts';
import { KnownTerms } from '../../src/bayes/known-terms.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { readRows } from '../../src/node/training-data.ts';
import { Novelty } from '../../src/samples/novelty.ts';

const novelty = new Novelty(await KnownTerms.decode(readFileSync(join(BASE_MODEL_FOLDER, 'known-terms.bin'))));
const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length;
const rowsOf = (folder: string): string[] =>
  readRows(join(PACKAGE_FOLDER, 'training-data', folder)).map(({ text }) => text);

describe('the share of unseen terms', () => {
  it('is the terms of the base model alone where it holds them, and none where it does not', () => {
    const known = 'the council of the city met on Monday morning';
    expect(novelty.shareOf(known)).toBe(0);
    expect(novelty.shareOf('a képviselőtestület hétfőn délelőtt ülésezett')).toBe(1);
    expect(novelty.sharesOf(`${known}\nqwpzy vbnmk jjjqq wwxxz\nthe city`)).toEqual([0, 1]);
  });

  it('says nothing of a line with fewer than four terms', () => {
    expect(novelty.shareOf('vbnmk jjjqq wwxxz')).toBe(0);
    expect(novelty.sharesOf('vbnmk jjjqq wwxxz')).toEqual([]);
  });

  it('is near nothing in written lines, small in held-out ones, great in campaigns of a language that was never counted', () => {
    const shares = (lines: readonly string[]): number[] => lines.flatMap((line) => novelty.sharesOf(line));
    // Rows that were written since the terms were counted may lack some.
    expect(meanOf(shares([...rowsOf('legit'), ...rowsOf('spam')]))).toBeLessThan(0.03);
    expect(meanOf(shares(rowsOf('heldout')))).toBeLessThan(0.25);
    for (const id of ['escort-pl', 'gambling-tr']) {
      const campaign = readCampaigns().find((one) => one.id === id);
      expect(meanOf(shares(campaignLines(campaign!, 50, 11)))).toBeGreaterThan(0.6);
    }
  });
});
