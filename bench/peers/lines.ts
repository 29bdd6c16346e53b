import { readTrainingSet } from '../../src/node/training-data.ts';
import { createRandom, shuffle } from '../../src/training/random.ts';
import type { LabelledLine } from '../../src/training/scaling.ts';
import { composeLines } from '../../src/training/train.ts';
import { corpusLines, honestFiles, SCALING_SEED, spamFiles } from '../../scripts/background-lines.ts';
import { SpamSource } from '../../scripts/eval-spam.ts';

/** One honest held-out line in so many is measured on: what is left allows eleven false positives at 1 in 10,000. */
const EVERY = 5;
const LISTS = 1000;
/** Characters of an honest paragraph: longer than most lists. */
const PARAGRAPH = 150;

export interface PeerLines {
  readonly training: readonly LabelledLine[];
  readonly honest: readonly string[];
  readonly phrases: readonly string[];
  readonly lists: readonly string[];
  /** Lists behind a paragraph of honest prose, on the same line. */
  readonly glued: readonly string[];
}

/**
 * Lines for every peer: it trains on the corpora's honest tuning lines, on spam of the trained half, and on the project's own rows and
 * composed lines, in random order; it is measured on held-out lines. The shipped model has seen seven times as many honest lines.
 */
export async function peerLines(): Promise<PeerLines> {
  const random = createRandom(SCALING_SEED);
  const set = await readTrainingSet(new URL('../../training-data', import.meta.url).pathname, false);
  const honest = new Set(honestFiles);
  const training = [
    ...corpusLines((file) => (honest.has(file) ? file.dev : file.train), random),
    ...set.rows.map(({ text, label }) => ({ text, label })),
    ...composeLines(set.grammars).map(({ text }) => ({ text, label: 'spam' as const })),
  ];
  const spam = new SpamSource(spamFiles, 'held');
  const held = shuffled(honestFiles.flatMap((file) => file.held));
  const lists = spam.lists(LISTS, createRandom(3));
  const prose = held.filter((line) => line.length >= PARAGRAPH);
  return {
    training: shuffled(training),
    honest: held.filter((_, i) => i % EVERY === 0),
    phrases: spam.phrases,
    lists,
    glued: lists.map((list, i) => `${prose[i]} ${list}`),
  };
}

function shuffled<T>(items: readonly T[]): T[] {
  const order = Uint32Array.from(items.keys());
  shuffle(order, createRandom(1));
  return Array.from(order, (at) => items[at]);
}
