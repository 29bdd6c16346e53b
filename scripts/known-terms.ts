/**
 * Builds `training-data/background/known-terms.bin`: which terms the corpora and the written lines hold, a filter and no text. Needs the
 * corpora, takes half a minute and depends on no weights; `linesieve train` copies it beside the model. `--figures` (npm run -s known-terms) measures the
 * file that is there.
 * Prints one JSON object: false "seen", and the share of unseen terms in lines that were not counted.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { KnownTerms, listTerms, TermList } from '../src/bayes/known-terms.ts';
import { readTrainingSet } from '../src/node/training-data.ts';
import { Novelty } from '../src/samples/novelty.ts';
import { FoldedLine } from '../src/text/fold.ts';
import { unitClass } from '../src/text/unit.ts';
import { honestFiles, spamFiles } from './background-lines.ts';
import { campaignLines, readCampaigns } from './campaigns.ts';

const FILE = new URL('../training-data/background/known-terms.bin', import.meta.url);
const DATA = new URL('../training-data', import.meta.url).pathname;
/** A term of the corpora counts from so many lines on: names and slips of one page are no common knowledge. */
const LEAST_LINES = 3;

/** Languages that no corpus and no written line has. */
const LANGUAGES = ['hu', 'fi', 'sw', 'ka', 'am', 'hi', 'he', 'el'];
const REGIONS = 'DE FR US GB ES IT PL RU CN JP KR IN BR MX CA AU EG ZA TR GR CH AT NL SE NO DK'.split(' ');

const folded = new FoldedLine();
const terms = new TermList();

if (!process.argv.includes('--figures')) writeFileSync(FILE, await (await build()).encode());
const known = await KnownTerms.decode(readFileSync(FILE));
const novelty = new Novelty(known);
console.log(JSON.stringify(figures(), null, 1));

async function build(): Promise<KnownTerms> {
  const { rows } = await readTrainingSet(DATA, false);
  const lines = new Map<number, number>();
  for (const file of [...honestFiles, ...spamFiles])
    for (const line of file.train) for (const hash of termsOf(line)) lines.set(hash, (lines.get(hash) ?? 0) + 1);
  const seen = new Set([...lines].filter(([, count]) => count >= LEAST_LINES).map(([hash]) => hash));
  for (const { text } of rows) for (const hash of termsOf(text)) seen.add(hash);
  return KnownTerms.of(seen);
}

/** Distinct ones. */
function termsOf(line: string): Set<number> {
  folded.fold(line, 0, line.length);
  listTerms(folded.units, folded.length, unitClass, terms);
  return new Set(terms.hashes.subarray(0, terms.length));
}

function figures(): object {
  const honest = honestFiles.flatMap(({ held }) => held);
  return {
    bytes: readFileSync(FILE).length,
    falseSeen: falseSeen(),
    honest: spread(honest),
    files: Object.fromEntries([...honestFiles, ...spamFiles].map(({ name, held }) => [name, spread(held)])),
    campaigns: Object.fromEntries(readCampaigns().map((one) => [one.id, spread(campaignLines(one, 200, 11))])),
    neverSeen: Object.fromEntries(LANGUAGES.map((tag) => [tag, spread(namesIn(tag))])),
  };
}

/** Share of made-up terms that are taken for seen. */
function falseSeen(): number {
  let [seen, tried] = [0, 0];
  for (let hash = 1; hash < 2 ** 32; hash += 42_949, tried++) if (known.has(hash)) seen++;
  return seen / tried;
}

/** Shares of unseen terms in lines: mean, quantiles, and of how many lines half or more is unseen. */
function spread(lines: readonly string[]): object {
  const shares = lines.flatMap((line) => novelty.sharesOf(line)).sort((a, b) => a - b);
  const round = (value: number): number => Math.round(1000 * value) / 1000;
  const at = (part: number): number =>
    round(shares[Math.min(shares.length - 1, Math.floor(part * shares.length))] ?? 0);
  const mean = round(shares.reduce((sum, share) => sum + share, 0) / shares.length);
  const half = round(shares.filter((share) => share >= 0.5).length / shares.length);
  return { lines: shares.length, mean, p50: at(0.5), p90: at(0.9), p99: at(0.99), half };
}

/** Lines of names of countries, as the runtime has them in any language: six a line. */
function namesIn(tag: string): string[] {
  const names = new Intl.DisplayNames(tag, { type: 'region' });
  return REGIONS.map((_, at) =>
    [0, 3, 7, 11, 16, 21].map((by) => names.of(REGIONS[(at + by) % REGIONS.length])).join(' '),
  );
}
