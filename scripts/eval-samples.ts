/**
 * Measures learning from samples: `npm run -s eval:samples`. Prints one JSON object. Five samples of each campaign of
 * `training-data/campaigns`, judged on 200 other lines of it and on honest lines that training never saw (the held-out half of the
 * corpora; without corpora the repository's held-out rows); then labels from a hostile hand.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel } from '../src/bayes/codec.ts';
import { decodeCounts } from '../src/bayes/figures.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { readRows } from '../src/node/training-data.ts';
import { compiledRules } from '../src/rules/compiled.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { adapt } from '../src/samples/adapt.ts';
import { InfluenceMeter } from '../src/samples/influence.ts';
import { Learner } from '../src/samples/learner.ts';
import { createSieve, type Sieve } from '../src/sieve.ts';
import { createRandom, shuffle, type Random } from '../src/training/random.ts';
import { parsePolicy } from '../src/verdict/policy.ts';
import { campaignLines, readCampaigns, type Campaign } from './campaigns.ts';
import { corporaFolder, readCorpora } from './corpora.ts';

const SAMPLES = 5;
const OTHERS = 200;

const file = (name: string): Buffer => readFileSync(join(BASE_MODEL_FOLDER, name));
const model = await decodeModel(file('model.bin'));
const base = { model, counts: await decodeCounts(file('counts.bin')) };
const policy = parsePolicy(JSON.parse(file('policy.json').toString('utf8')));
const meter = new InfluenceMeter(base, compiledRules(builtinRules), policy);
const before = await createSieve({ model, policy });
const { honest, spam, others, mayTrain } = readLines();
const alarms = flagged(before, honest);

console.log(
  JSON.stringify(
    {
      honestLines: honest.length,
      flaggedWithoutSamples: alarms,
      campaigns: await inTurn(readCampaigns(), campaignFigures),
      'all campaigns by one hand': await inTurn([5, 50], oneHand),
      'false alarms called honest': await falseAlarms(),
      hostile: {
        'honest lines called spam': await inTurn([10, 100, 1000], (count) => hostile(others, 'spam', count, 1)),
        'by ten hands': await hostile(others, 'spam', 1000, 10),
        'spam lines called honest': await inTurn([10, 45, 100, 300, 1000], (count) => hostile(spam, 'legit', count, 1)),
      },
    },
    null,
    2,
  ),
);

function readLines(): { honest: string[]; spam: string[]; others: string[]; mayTrain: string[] } {
  const random = createRandom(5);
  if (corporaFolder() === null) {
    const [honest, spam] = ['legit.jsonl', 'spam.jsonl'].map((name) => readHeldOut(name));
    const others = readRows(join(PACKAGE_FOLDER, 'training-data', 'legit')).map(({ text }) => text);
    return { honest, spam, others, mayTrain: others };
  }
  const files = [...readCorpora('legit'), ...readCorpora('hard-negative')];
  const others = files.flatMap(({ dev }) => dev);
  const spam = [...readCorpora('spam-adult'), ...readCorpora('spam-gambling')].flatMap(({ held }) => held);
  const mayTrain = files.flatMap(({ train, dev }) => [...train, ...dev]);
  const honest = files.flatMap(({ held }) => held);
  return { honest, spam: shuffled(spam, random), others: shuffled(others, random), mayTrain };
}

function shuffled(lines: readonly string[], random: Random): string[] {
  const order = Uint32Array.from(lines.keys());
  shuffle(order, random);
  return Array.from(order, (at) => lines[at]);
}

function readHeldOut(name: string): string[] {
  const lines = readFileSync(join(PACKAGE_FOLDER, 'training-data', 'heldout', name), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

async function campaignFigures(campaign: Campaign): Promise<object> {
  const lines = campaignLines(campaign, SAMPLES + OTHERS, 11);
  const [samples, rest] = [lines.slice(0, SAMPLES), lines.slice(SAMPLES)];
  const { sieve, took } = await learned(samples, 'spam', 1);
  return {
    campaign: campaign.id,
    foundBefore: flagged(before, rest),
    found: flagged(sieve, rest),
    of: rest.length,
    honestFlagged: flagged(sieve, honest) - alarms,
    milliseconds: Math.round(took),
  };
}

/** One person labels lines of all campaigns, and a thousand honest lines as what they are. */
async function oneHand(each: number): Promise<object> {
  const campaigns = readCampaigns().map((campaign) => campaignLines(campaign, each + OTHERS, 11));
  const samples = campaigns.flatMap((lines) => lines.slice(0, each));
  const rest = campaigns.flatMap((lines) => lines.slice(each));
  const alone = await learned(samples, 'spam', 1);
  const beside = await learned(samples, 'spam', 1, others.slice(0, 1000));
  return {
    labels: samples.length,
    found: `${flagged(before, rest)} → ${flagged(alone.sieve, rest)} of ${rest.length}`,
    honestFlagged: flagged(alone.sieve, honest) - alarms,
    foundBesideHonest: flagged(beside.sieve, rest),
  };
}

/** A desk labels every honest line of the half that may be trained on which the base flags; its false alarms on the other half. */
async function falseAlarms(): Promise<object> {
  const labels = flaggedLines(before, mayTrain);
  const { sieve } = await learned(labels, 'legit', 1);
  const rest = flaggedLines(before, honest);
  return {
    labels: labels.length,
    stillFlagged: flagged(sieve, labels),
    othersFlagged: `${rest.length} → ${flagged(sieve, rest)}`,
    spamFound: `${flagged(before, spam)} → ${flagged(sieve, spam)} of ${spam.length}`,
  };
}

/** What labels of a hostile hand do to honest lines and to spam: every tenth line of each, one by one. */
async function hostile(
  lines: readonly string[],
  label: 'legit' | 'spam',
  count: number,
  authors: number,
): Promise<object> {
  const { sieve } = await learned(lines.slice(0, count), label, authors);
  const some = honest.filter((_, at) => at % 10 === 0);
  const bad = spam.slice(count);
  return {
    labels: count,
    authors,
    honestFlagged: `${flagged(before, some)} → ${flagged(sieve, some)} of ${some.length}`,
    spamFound: `${flagged(before, bad)} → ${flagged(sieve, bad)} of ${bad.length}`,
  };
}

async function learned(
  texts: readonly string[],
  label: 'legit' | 'spam',
  authors: number,
  legit: readonly string[] = [],
): Promise<{ sieve: Sieve; took: number }> {
  const learner = new Learner();
  for (const [at, text] of legit.entries()) {
    learner.learn({ id: `l${at}`, text, label: 'legit', author: '0', influence: meter.of(text, 'legit') });
  }
  const began = performance.now();
  for (const [at, text] of texts.entries()) {
    learner.learn({ id: String(at), text, label, author: String(at % authors), influence: meter.of(text, label) });
  }
  const adapted = await adapt(base, learner.counts);
  const sieve = await createSieve({ model: adapted.model, policy, base: model });
  return { sieve, took: performance.now() - began };
}

function flagged(sieve: Sieve, lines: readonly string[]): number {
  return flaggedLines(sieve, lines).length;
}

function flaggedLines(sieve: Sieve, lines: readonly string[]): string[] {
  return lines.filter((text) => sieve.check({ text, id: '' }).spans.length > 0);
}

async function inTurn<T, R>(items: readonly T[], of: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await of(item));
  return results;
}
