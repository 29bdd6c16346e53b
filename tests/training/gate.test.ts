import { describe, expect, it } from 'vitest';
import { campaignLines, readCampaigns } from '../../scripts/campaigns.ts';
import { Learner } from '../../src/samples/learner.ts';
import { adapt } from '../../src/samples/adapt.ts';
import { build } from '../../src/training/build.ts';
import { parseRows, type TrainingRow } from '../../src/training/corpus.ts';
import { gate, type GateReport, type GateSample } from '../../src/training/gate.ts';
import { base, flagged, heldOut, meter, policy, sieveOf } from '../samples/parts.ts';
import { readFileSync } from 'node:fs';

const rows: TrainingRow[] = ['legit', 'spam'].flatMap((label) => {
  const url = new URL(`../../training-data/heldout/${label}.jsonl`, import.meta.url);
  return parseRows(label, readFileSync(url, 'utf8'));
});

const sample = (id: string, text: string, label: 'legit' | 'spam', author = 'editor'): GateSample => ({
  id,
  text,
  label,
  author,
  influence: meter.of(text, label),
  group: id,
  inChampion: false,
});

async function judged(samples: readonly GateSample[], heldOut = rows): Promise<GateReport> {
  const { model } = await build(base, samples, samples.length);
  return await gate({ base, policy, candidate: model, champion: base.model, samples, heldOut });
}

describe('the gate', () => {
  it('lets a candidate through that finds more of a campaign, on lines that it has not seen', async () => {
    const lines = campaignLines(readCampaigns()[0], 20, 4);
    const report = await judged(lines.map((text, at) => sample(`s${at}`, text, 'spam')));
    expect(report.failures).toEqual([]);
    expect(report.samples.spam.lines).toBe(20);
    expect(report.samples.spam.champion).toBe(0);
    expect(report.samples.spam.candidate).toBeGreaterThanOrEqual(16);
  });

  it('judges a sample by a build without its document', async () => {
    const [line] = campaignLines(readCampaigns()[0], 1, 4);
    const one = [0, 1, 2].map((at) => ({ ...sample(`s${at}`, `${line} ${at}`, 'spam'), group: 'the same page' }));
    expect((await judged(one)).samples.spam).toEqual({ lines: 3, champion: 0, candidate: 0 });
    const apart = one.map((row, at) => ({ ...row, group: `page ${at}` }));
    expect((await judged(apart)).samples.spam.candidate).toBe(3);
  });

  it('refuses what ten hostile hands teach, with the figures and the lines', async () => {
    const honest = heldOut('legit');
    const samples = Array.from({ length: 1000 }, (_, at) =>
      sample(`h${at}`, `${honest[(2 * at + 1) % honest.length]} ${at}`, 'spam', `mallory${at % 10}`),
    );
    const report = await judged(
      samples,
      rows.filter(({ label }, at) => label === 'spam' || at % 2 === 0),
    );
    expect(report.passed).toBe(false);
    expect(report.failures.join()).toMatch(/held-out honest lines flagged: 1 → \d+ of 225/);
    expect(report.newAlarms.length).toBeGreaterThan(0);
  });

  it('refuses what makes the filter blind', async () => {
    const spam = heldOut('spam');
    const samples = Array.from({ length: 400 }, (_, at) =>
      sample(`h${at}`, `${spam[at % spam.length]} ${at}`, 'legit', `mallory${at}`),
    );
    const report = await judged(samples);
    expect(report.failures.join()).toMatch(/held-out adult found: \d+ → \d+/);
  });

  it('refuses a candidate without samples', async () => {
    expect((await judged([])).failures).toEqual(['there are no samples: nothing was learned']);
  });

  it('refuses a candidate where there are no held-out rows', async () => {
    const lines = campaignLines(readCampaigns()[0], 8, 4);
    const report = await judged(
      lines.map((text, at) => sample(`s${at}`, text, 'spam')),
      [],
    );
    expect(report.failures).toEqual(['there are no held-out rows: nothing was measured']);
  });

  it('takes a lost alarm for a gain', async () => {
    const [alarm] = flagged(await sieveOf(base.model), heldOut('legit'));
    const samples = ['', ' (1)', ' (2)'].map((end, at) => sample(`l${at}`, `${alarm}${end}`, 'legit'));
    const report = await judged(samples);
    expect(report.failures).toEqual([]);
    expect(report.samples.legit.candidate).toBeLessThan(report.samples.legit.champion);
  });
});

describe('a build', () => {
  it('has the bytes that instant learning comes to, sample by sample', async () => {
    const lines = campaignLines(readCampaigns()[3], 30, 9);
    const samples = lines.map((text, at) => sample(`s${at}`, text, at % 4 === 0 ? 'legit' : 'spam', `a${at % 3}`));
    const learner = new Learner();
    for (const one of [...samples].reverse()) {
      learner.learn(one);
      await adapt(base, learner.counts);
    }
    const instant = await adapt(base, learner.counts);
    expect(Buffer.from((await build(base, samples, 30)).bytes).equals(instant.bytes)).toBe(true);
  });

  it('says how far it is and ends where progress throws', async () => {
    const samples = Array.from({ length: 2500 }, (_, at) => sample(`s${at}`, 'rulet masaları', 'spam', `a${at}`));
    const shares: number[] = [];
    await build(base, samples, 2500, (share) => Promise.resolve(void shares.push(share)));
    expect(shares).toEqual([0.4, 0.8]);
    await expect(build(base, samples, 2500, () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});
