import { readRows } from '../src/node/training-data.ts';
import type { TrainingRow } from '../src/training/corpus.ts';
import { OBFUSCATIONS } from '../src/training/obfuscations.ts';
import { createRandom } from '../src/training/random.ts';
import type { Grammar } from '../src/training/generator-grammar.ts';
import type { LabelledLine } from '../src/training/scaling.ts';
import { composeLines, type TrainingSet } from '../src/training/train.ts';
import { corpusLines, type CorpusLine, honestFiles, isBelieved, SCALING_SEED, spamFiles } from './background-lines.ts';
import { lineHash, type CorpusFile } from './corpora.ts';
import { SpamSource } from './eval-spam.ts';

/** Other bits of the hash than those that part the file. */
const fifth = (line: string): number => (lineHash(line) >>> 8) % 5;
const LISTS = 200;
const HELDOUT = new URL('../training-data/heldout', import.meta.url).pathname;

/** Lines of the half that may be trained on; the held-out half is left alone. */
export interface AblationLines {
  readonly corpora: readonly CorpusLine[];
  readonly generated: readonly LabelledLine[];
  /** As `generated`, without the noise of the grammars. */
  readonly noiseless: readonly LabelledLine[];
  /** Each of `generated` in a disguise, where it has one. */
  readonly disguised: readonly LabelledLine[];
  readonly rows: readonly TrainingRow[];
  readonly honest: readonly string[];
  readonly prose: readonly string[];
  readonly phrases: readonly string[];
  readonly titles: readonly string[];
  readonly comments: readonly string[];
  readonly obfuscated: readonly string[];
  /** The repository's own held-out spam, and its honest rows. */
  readonly written: readonly string[];
  readonly writtenHonest: readonly string[];
  readonly source: SpamSource;
}

const PROSE = /^(dh_msra_news|fewclue_csldcp|fewclue_chid|cmrc2018_wiki)$/;

/** Four fifths of the lines train, the rest measures. */
export function ablationLines(set: TrainingSet): AblationLines {
  const known = ({ train, dev }: CorpusFile): string[] => [...train, ...dev].filter((line) => fifth(line) < 4);
  const others = ({ train, dev }: CorpusFile): string[] => [...train, ...dev].filter((line) => fifth(line) === 4);
  const unseen = spamFiles.map((file) => ({ ...file, dev: others(file).filter(isBelieved) }));
  const source = new SpamSource(unseen, 'dev');
  const generated = composeLines(set.grammars).map(({ text }) => text);
  return {
    corpora: corpusLines(known, createRandom(SCALING_SEED)),
    generated: generated.map(asSpam),
    noiseless: composeLines(set.grammars.map(withoutNoise)).map(({ text }) => asSpam(text)),
    disguised: disguised(generated).map(asSpam),
    rows: set.rows,
    honest: honestFiles.flatMap(others),
    prose: honestFiles
      .filter(({ name }) => PROSE.test(name))
      .flatMap((file) => others(file).filter((line) => line.length >= 30)),
    phrases: source.phrases,
    titles: source.lines('xhamster_titles_en'),
    comments: source.lines('id_judol_spam_comments'),
    obfuscated: obfuscatedLists(source),
    written: rowsOf('spam'),
    writtenHonest: rowsOf('legit'),
    source,
  };
}

function rowsOf(wanted: 'spam' | 'legit'): string[] {
  return readRows(HELDOUT)
    .filter(({ label }) => label === wanted)
    .map(({ text }) => text);
}

const asSpam = (text: string): LabelledLine => ({ text, label: 'spam' });

function withoutNoise(grammar: Grammar): Grammar {
  return 'noise' in grammar ? { ...grammar, noise: {} } : { ...grammar, truncated: 0 };
}

function disguised(texts: readonly string[]): string[] {
  const random = createRandom(9);
  const rewrites = Object.values(OBFUSCATIONS);
  return texts
    .map((text) => [text, random.oneOf(rewrites)(text, random)])
    .filter(([text, rewritten]) => text !== rewritten && !rewritten.includes('\n'))
    .map(([, rewritten]) => rewritten);
}

function obfuscatedLists(source: SpamSource): string[] {
  const lists = source.lists(LISTS, createRandom(3));
  return Object.values(OBFUSCATIONS)
    .flatMap((rewrite) => {
      const random = createRandom(7);
      return lists
        .map((list) => [list, rewrite(list, random)])
        .filter(([list, text]) => list !== text && !text.includes('\n'));
    })
    .map(([, text]) => text);
}
