/**
 * Measures the base model on lines of public corpora that training never saw: `npm run -s eval:corpora [-- --dev] [-- --targets]`.
 * Prints one JSON object; with `--targets` a table in Markdown of what was wanted and what was measured. `--dev` measures on the lines
 * kept for tuning, without it on the held-out half. `DOCUMENTS` (2000) says how many documents are composed.
 */
import { join } from 'node:path';
import { loadBaseSieve, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { readRows } from '../src/node/training-data.ts';
import { OBFUSCATIONS } from '../src/training/obfuscations.ts';
import { createRandom } from '../src/training/random.ts';
import { readCorpora } from './corpora.ts';
import { calibrationFigures } from './eval-calibration.ts';
import { documentFigures, wholeSpam, type DocumentFigures } from './eval-documents.ts';
import { falseAlarms } from './eval-honest.ts';
import { atRandomOffsets, atTail, insideSentence, overLines, severalLists, twoLists } from './eval-injections.ts';
import { judgeLines, percent, recall, type JudgedLine } from './eval-lines.ts';
import { recallAtBudgets } from './eval-ranking.ts';
import { ruleFigures } from './eval-rules.ts';
import { SpamSource, type Part } from './eval-spam.ts';
import { targetTable, type CorpusReport } from './eval-targets.ts';

const PROSE =
  /^(dh_msra_news|fewclue_csldcp|fewclue_chid|cmrc2018_wiki|maoxuan_prose|gold_miner_tech|drcd_wiki_trad|lawrefbook_laws)$/;
const SPAM_FILES = [
  'lex_adult_zh_selected',
  'xhamster_titles_en',
  'dc_websex_vi_titles',
  'lex_gambling_zh_selected',
  'id_judol_spam_comments',
];
const part: Part = process.argv.includes('--dev') ? 'dev' : 'held';
const DOCUMENTS = Number(process.env['DOCUMENTS'] ?? 2000);
const SOME = Math.ceil(DOCUMENTS / 4);

const sieve = await loadBaseSieve();
const files = [...readCorpora('legit'), ...readCorpora('hard-negative')];
const spam = new SpamSource([...readCorpora('spam-adult'), ...readCorpora('spam-gambling')], part);
const prose = files
  .filter((file) => PROSE.test(file.name))
  .flatMap((file) => file[part].filter((line) => line.length >= 30));

const judged = files.map(({ folder, name, [part]: lines }) => ({
  folder,
  name,
  lines: judgeLines(sieve, lines, false),
}));
const honest = judged.flatMap(({ lines }) => lines);
const groups = spamGroups();
const written = writtenGroups();

const report: CorpusReport = {
  part,
  engine: sieve.engine,
  honest: falseAlarms(judged),
  recall: Object.fromEntries(Object.entries(groups).map(([name, lines]) => [name, recall(lines)])),
  'recall at budgets': recallAtBudgets(honest, { ...groups, ...written }),
  calibration: calibrationFigures(honest, withoutLists(groups)),
  obfuscated: obfuscated(),
  documents: documentKinds(),
  'spam through and through': wholeSpam(sieve, SOME, (random) => spam.list(random)),
  'titles in a list, wholly found': titlesFound(SOME),
  rules: ruleFigures(
    files.flatMap((file) => file[part]),
    SPAM_FILES.flatMap((name) => spam.lines(name)),
  ),
};
console.log(process.argv.includes('--targets') ? targetTable(report) : JSON.stringify(report, null, 2));

/** Spam lines of the corpora by kind. */
function spamGroups(): Record<string, JudgedLine[]> {
  const of = (lines: readonly string[]): JudgedLine[] => judgeLines(sieve, lines, true);
  return {
    'adult zh, composed lists': of(spam.lists(1000, createRandom(3))),
    'adult zh, single phrases of 5 or more': of(spam.phrases),
    'adult en, titles': of(spam.lines('xhamster_titles_en')),
    'adult vi, titles': of(spam.lines('dc_websex_vi_titles')),
    'gambling zh, phrases': of(spam.lines('lex_gambling_zh_selected')),
    'gambling id, comments': of(spam.lines('id_judol_spam_comments')),
  };
}

/** The repository's own held-out rows, by category and language: of most the corpora have none. */
function writtenGroups(): Record<string, JudgedLine[]> {
  const rows = readRows(join(PACKAGE_FOLDER, 'training-data', 'heldout')).filter(({ label }) => label === 'spam');
  const byPair = [...Map.groupBy(rows, ({ category, language }) => `${category} ${language}, written`)];
  const lines = byPair.map(([name, group]) => {
    const texts = group.map(({ text }) => text);
    return [name, judgeLines(sieve, texts, true)] as const;
  });
  return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lists that we composed are no sample of anything that has a posterior. */
function withoutLists(all: Record<string, JudgedLine[]>): Record<string, JudgedLine[]> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.includes('composed')));
}

/** Composed lists by obfuscation; lists that it leaves as they are are left out. */
function obfuscated(): CorpusReport['obfuscated'] {
  const lists = spam.lists(500, createRandom(3));
  return Object.fromEntries(
    Object.entries(OBFUSCATIONS).map(([name, rewrite]) => {
      const random = createRandom(7);
      const changed = lists.map((list) => ({ list, text: rewrite(list, random) }));
      const texts = changed.filter(({ list, text }) => text !== list).map(({ text }) => text);
      return [name, recall(judgeLines(sieve, texts, true))];
    }),
  );
}

function documentKinds(): Record<string, DocumentFigures> {
  const phrase = spam.phrase.bind(spam);
  const list = spam.list.bind(spam);
  const kinds = {
    'list at the tail': [DOCUMENTS, atTail((random) => list(random))],
    'list with titles at the tail': [SOME, atTail((random) => spam.mixedList(random))],
    'remnant of 3 to 8 characters at the tail': [SOME, atTail((random) => spam.remnant(random))],
    'phrase inside a sentence': [SOME, insideSentence(phrase)],
    'phrases at random offsets': [SOME, atRandomOffsets(phrase)],
    'several lists': [SOME, severalLists((random) => list(random))],
    'two lists, other separators': [SOME, twoLists(list)],
    'one phrase a line': [SOME, overLines(phrase)],
  } as const;
  return Object.fromEntries(
    Object.entries(kinds).map(([name, [count, inject]]) => [name, documentFigures(sieve, prose, count, inject)]),
  );
}

/** Of titles in lists, the share that lies in spans from end to end. */
function titlesFound(count: number): { titles: number; found: number } {
  const random = createRandom(9);
  let found = 0;
  for (let n = 0; n < count; n++) {
    const title = spam.title(random);
    const { list, start } = spam.listAround(title, random);
    const { spans } = sieve.check({ text: list });
    if (spans.some((span) => span.start <= start && span.end >= start + title.length)) found++;
  }
  return { titles: count, found: percent(found, count) };
}
