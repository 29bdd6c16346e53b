/**
 * How far sites are from what the card of the base model expects: `npm run -s eval:drift`. Each file of the corpora stands for a site, by
 * the half that training never saw; then the same sites with some of their lines injected, and campaigns that no training data
 * hold. Prints the stability index of each figure and which sites are told to have drifted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drift } from '../src/evaluation/drift.ts';
import { KnownTerms } from '../src/bayes/known-terms.ts';
import { BASE_MODEL_FOLDER, loadBaseSieve } from '../src/node/base-sieve.ts';
import { readHeldOut } from '../src/node/base-parts.ts';
import { Novelty } from '../src/samples/novelty.ts';
import { driftFrom, expectedFigures, LINE_FIGURES } from '../src/training/line-figures.ts';
import { campaignLines, readCampaigns } from './campaigns.ts';
import { readCorpora, type CorpusFile } from './corpora.ts';

const MOST = 3_000;
const sieve = await loadBaseSieve();
const novelty = new Novelty(await KnownTerms.decode(readFileSync(join(BASE_MODEL_FOLDER, 'known-terms.bin'))));
const card = expectedFigures(sieve, novelty, readHeldOut());
const honest = [...readCorpora('legit'), ...readCorpora('hard-negative')].filter(({ held }) => held.length >= 500);
const spam = [...readCorpora('spam-adult'), ...readCorpora('spam-gambling')].flatMap(({ held }) => held);

/** Of every site, so many lines in a hundred are injected. */
const INJECTED = [0, 10, 20, 30];

const told = Object.fromEntries(
  INJECTED.map((share) => [`${share} % injected`, toldOf(honest.map((file) => siteOf(file, share)))]),
);
const campaigns = readCampaigns().map((one) => ({ name: one.id, lines: campaignLines(one, 600, 5) }));
console.log(JSON.stringify({ told, campaigns: toldOf(campaigns) }, null, 1));

interface SiteLines {
  readonly name: string;
  readonly lines: readonly string[];
}

function siteOf({ name, held }: CorpusFile, share: number): SiteLines {
  const lines = held.slice(0, MOST).map((line, at) => ((at * 37) % 100 < share ? spam[(7 * at) % spam.length] : line));
  return { name, lines };
}

/** How many sites there are; of each figure the least, the median and the greatest index, and the sites that are told to have drifted. */
function toldOf(sites: readonly SiteLines[]): object {
  const drifts = sites.map(({ name, lines }) => ({ name, drifts: driftsOf(lines) }));
  const by = LINE_FIGURES.map((figure, at) => {
    const indexes = drifts.map((one) => Math.round(100 * one.drifts[at].index) / 100).sort((a, b) => a - b);
    const names = drifts.filter((one) => one.drifts[at].drifted).map(({ name }) => name);
    return [
      figure,
      {
        index: [indexes[0], indexes[indexes.length >> 1], indexes.at(-1)],
        told: names.length,
        names: names.slice(0, 12).join(' '),
      },
    ];
  });
  return { sites: sites.length, ...Object.fromEntries(by) };
}

function driftsOf(lines: readonly string[]): Drift[] {
  const { honest: seen } = expectedFigures(
    sieve,
    novelty,
    lines.map((text) => ({ text, label: 'legit' })),
  );
  return LINE_FIGURES.map((figure) => driftFrom(card, figure, seen.figures[figure]));
}
