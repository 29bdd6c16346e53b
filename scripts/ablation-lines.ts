import { readRows } from '../src/node/training-data.ts';
import type { TrainingRow } from '../src/training/corpus.ts';
import { OBFUSCATIONS } from '../src/training/obfuscations.ts';
import { createRandom } from '../src/training/random.ts';
import type { LabelledLine } from '../src/training/scaling.ts';
import { composeLines, type TrainingSet } from '../src/training/train.ts';
import { corpusLines, honestFiles, SCALING_SEED, spamFiles } from './background-lines.ts';
import { lineHash, type CorpusFile } from './corpora.ts';
import { SpamSource } from './eval-spam.ts';

/** Other bits of the hash than those that part the file: a quarter of the honest lines and half of the spam train. */
const quarter = (line: string): number => (lineHash(line) >>> 8) % 4;
const LISTS = 200;
const HELDOUT = new URL('../training-data/heldout', import.meta.url).pathname;

/** Lines of the half that may be trained on; the held-out half is left alone. */
export interface AblationLines {
  readonly corpora: readonly LabelledLine[];
  readonly generated: readonly LabelledLine[];
  readonly rows: readonly TrainingRow[];
  readonly honest: readonly string[];
  readonly prose: readonly string[];
  readonly phrases: readonly string[];
  readonly titles: readonly string[];
  readonly comments: readonly string[];
  readonly obfuscated: readonly string[];
  /** The repository's own held-out spam. */
  readonly written: readonly string[];
  readonly source: SpamSource;
}

const PROSE = /^(dh_msra_news|fewclue_csldcp|fewclue_chid|cmrc2018_wiki)$/;

export function ablationLines(set: TrainingSet): AblationLines {
  const honest = new Set(honestFiles);
  const known = (file: CorpusFile): string[] => {
    const most = honest.has(file) ? 1 : 2;
    return [...file.train, ...file.dev].filter((line) => quarter(line) < most);
  };
  const unseen = spamFiles.map((file) => ({
    ...file,
    dev: [...file.train, ...file.dev].filter((line) => quarter(line) >= 2),
  }));
  const source = new SpamSource(unseen, 'dev');
  const others = (file: CorpusFile): string[] => file.train.filter((line) => quarter(line) >= 1);
  return {
    corpora: corpusLines(known, createRandom(SCALING_SEED)),
    generated: composeLines(set.grammars).map(({ text }) => ({ text, label: 'spam' as const })),
    rows: set.rows,
    honest: honestFiles.flatMap(others),
    prose: honestFiles
      .filter(({ name }) => PROSE.test(name))
      .flatMap((file) => others(file).filter((line) => line.length >= 30)),
    phrases: source.phrases,
    titles: source.lines('xhamster_titles_en'),
    comments: source.lines('id_judol_spam_comments'),
    obfuscated: obfuscatedLists(source),
    written: readRows(HELDOUT)
      .filter(({ label }) => label === 'spam')
      .map(({ text }) => text),
    source,
  };
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
