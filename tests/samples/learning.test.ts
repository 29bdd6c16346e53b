import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignLines, readCampaigns } from '../../scripts/campaigns.ts';
import { readRows } from '../../src/node/training-data.ts';
import { adapt } from '../../src/samples/adapt.ts';
import { MOST_INFLUENCE } from '../../src/samples/influence.ts';
import { Learner, type LearnedSample } from '../../src/samples/learner.ts';
import { base, flagged, heldOut, meter, sieveOf } from './parts.ts';

const sample = (id: string, text: string, label: 'legit' | 'spam' = 'spam', author = 'editor'): LearnedSample => ({
  id,
  text,
  label,
  author,
  influence: meter.of(text, label),
});

const honest = heldOut('legit');
const plain = await sieveOf(base.model);
const alarms = flagged(plain, honest).length;

describe('five samples of a campaign', () => {
  it.each(readCampaigns().map((campaign) => [campaign.id, campaign] as const))(
    '%s: find nine in ten of its other lines and flag no honest line',
    async (_, campaign) => {
      const lines = campaignLines(campaign, 205, 11);
      const learner = new Learner();
      for (const [at, text] of lines.slice(0, 5).entries()) learner.learn(sample(String(at), text));
      const sieve = await sieveOf((await adapt(base, learner.counts)).model);
      expect(flagged(sieve, lines.slice(0, 5))).toHaveLength(5);
      expect(flagged(sieve, lines.slice(5)).length).toBeGreaterThanOrEqual(180);
      expect(flagged(sieve, honest)).toHaveLength(alarms);
    },
  );

  it('teach no less beside labels of other campaigns and honest lines, all by one hand', async () => {
    const campaigns = readCampaigns().map((campaign) => campaignLines(campaign, 75, 11));
    const learner = new Learner();
    const labels = campaigns.flatMap((lines) => lines.slice(0, 25));
    for (const [at, text] of labels.entries()) learner.learn(sample(String(at), text));
    for (const [at, text] of honest.slice(0, 200).entries()) learner.learn(sample(`h${at}`, text, 'legit'));
    const sieve = await sieveOf((await adapt(base, learner.counts)).model);
    const others = campaigns.flatMap((lines) => lines.slice(25));
    expect(flagged(sieve, others).length).toBeGreaterThanOrEqual(0.95 * others.length);
  });

  it('are most often unknown to the base', () => {
    const found = readCampaigns().map((campaign) => flagged(plain, campaignLines(campaign, 205, 11)).length);
    expect(found.filter((lines) => lines < 40).length).toBeGreaterThanOrEqual(5);
  });

  it('say in the verdict what they weighed, and reasons add up', async () => {
    const [campaign] = readCampaigns();
    const lines = campaignLines(campaign, 6, 11);
    const learner = new Learner();
    for (const [at, text] of lines.slice(0, 5).entries()) learner.learn(sample(String(at), text));
    const [span] = (await sieveOf((await adapt(base, learner.counts)).model)).check({ text: lines[5] }).spans;
    expect(span.reasons.map(({ code }) => code)).toContain('samples');
    expect(span.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(span.logOdds, 6);
  });
});

describe('learning', () => {
  it('leaves no trace of what is taken back: the model has the same bytes', async () => {
    const learner = new Learner();
    const kept = sample('kept', 'kartalbahis giriş - rulet masaları');
    learner.learn(kept);
    const before = await adapt(base, learner.counts);
    const spam = sample('a', 'wristheaven outlet, superclone with swiss movement');
    const honest = sample('b', 'an honest line about a court', 'legit', 'other');
    learner.learn(spam);
    learner.learn(honest);
    expect((await adapt(base, learner.counts)).model.digest).not.toBe(before.model.digest);
    learner.forget(honest);
    learner.forget(spam);
    const after = await adapt(base, learner.counts);
    expect(Buffer.from(after.bytes).equals(before.bytes)).toBe(true);
    learner.forget(kept);
    expect((await adapt(base, learner.counts)).model.digest).toBe(base.model.digest);
  });

  it('does not depend on the order of samples', async () => {
    const lines = campaignLines(readCampaigns()[0], 12, 3);
    const samples = lines.map((text, at) => sample(String(at), text, at % 3 === 0 ? 'legit' : 'spam', `a${at % 2}`));
    const digestOf = async (order: readonly LearnedSample[]): Promise<string> => {
      const learner = new Learner();
      for (const one of order) learner.learn(one);
      return (await adapt(base, learner.counts)).model.digest;
    };
    const wanted = await digestOf(samples);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(samples, { minLength: samples.length }), async (order) => {
        expect(await digestOf(order)).toBe(wanted);
      }),
      { numRuns: 10 },
    );
  });

  it('counts a sample once that is learned twice, and forgets what it never learned without harm', () => {
    const learner = new Learner();
    const one = sample('a', 'MémoireExpress devis / thèse sur mesure');
    expect([learner.learn(one), learner.learn(one)]).toEqual([true, false]);
    expect([...learner.ids]).toEqual(['a']);
    expect([learner.forget(one), learner.forget(one)]).toEqual([true, false]);
    const features: number[] = [];
    learner.counts.forEach(
      () => null,
      (id) => features.push(id),
    );
    expect(features).toEqual([]);
  });

  it('refuses to take back a line that was never added', () => {
    const { counts } = new Learner();
    expect(() => counts.subtract(Uint32Array.of(1), 1, 'spam', 'editor', 1)).toThrow(/never added/);
  });

  it('lets a false alarm pass once it is called honest', async () => {
    const [alarm] = flagged(plain, honest);
    const learner = new Learner();
    learner.learn(sample('a', alarm, 'legit'));
    const sieve = await sieveOf((await adapt(base, learner.counts)).model);
    expect(flagged(plain, [alarm])).toHaveLength(1);
    expect(flagged(sieve, [alarm])).toHaveLength(0);
  });
});

describe('the influence of a sample', () => {
  it('is small where the base nearly agrees and never above the cap', () => {
    expect(meter.of('久久精品国产亚洲_欧美日韩无码一区二区', 'spam')).toBe(1);
    expect(meter.of('The council met on Monday to discuss the new library.', 'spam')).toBeGreaterThan(4);
    for (const line of honest.slice(0, 50)) expect(meter.of(line, 'spam')).toBeLessThanOrEqual(MOST_INFLUENCE);
  });

  it('does not depend on other samples: only on text, label and base', () => {
    const first = meter.of(honest[3], 'spam');
    meter.of(honest[4], 'spam');
    expect(meter.of(honest[3], 'spam')).toBe(first);
  });
});

describe('a hostile hand', () => {
  it('hides no more spam with a thousand labels', async () => {
    const learner = new Learner();
    const spam = heldOut('spam');
    const others = spam.filter((_, at) => at % 2 === 0);
    for (let at = 0; at < 1000; at++)
      learner.learn(sample(String(at), `${spam[(2 * at + 1) % spam.length]} ${at}`, 'legit', 'mallory'));
    const sieve = await sieveOf((await adapt(base, learner.counts)).model);
    expect(flagged(sieve, others).length).toBeGreaterThanOrEqual(0.98 * flagged(plain, others).length);
  });

  it.each([60, 100, 150])('hides little spam with %i labels, which a desk might give', async (count) => {
    const learner = new Learner();
    const rows = readRows('training-data/spam').filter(({ category }) => category === 'gambling');
    const labels = rows.filter((_, at) => at % Math.floor(rows.length / count) === 0).slice(0, count);
    for (const [at, { text }] of labels.entries()) learner.learn(sample(String(at), text, 'legit', 'mallory'));
    const sieve = await sieveOf((await adapt(base, learner.counts)).model);
    const spam = heldOut('spam');
    expect(flagged(sieve, spam).length).toBeGreaterThanOrEqual(0.97 * flagged(plain, spam).length);
  });

  it('flags no more honest lines with a thousand labels', async () => {
    const learner = new Learner();
    const others = honest.filter((_, at) => at % 2 === 0);
    for (let at = 0; at < 1000; at++) {
      learner.learn(sample(String(at), `${honest[(2 * at + 1) % honest.length]} ${at}`, 'spam', 'mallory'));
    }
    const sieve = await sieveOf((await adapt(base, learner.counts)).model);
    expect(flagged(sieve, others).length).toBeLessThanOrEqual(flagged(plain, others).length);
  });
});
