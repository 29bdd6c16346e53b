import type { DocumentOutcome, Range } from '../../evaluation/observation.ts';
import type { Sieve } from '../../sieve.ts';
import type { TrainingRow } from '../../training/corpus.ts';
import { createRandom, type Random } from '../../training/random.ts';

/** Where spam goes, and what stands between it and the text before. */
const JOINTS = {
  newline: { before: '\n', places: ['tail'] },
  blank: { before: ' ', places: ['tail'] },
  'full stop': { before: '。', places: ['tail'] },
  nothing: { before: '', places: ['tail'] },
  middle: { before: '\n', places: ['middle'] },
  head: { before: '', places: ['head'] },
  several: { before: '\n', places: ['middle', 'tail'] },
  'two lists': { before: '\n', places: ['tail', 'tail'] },
} as const satisfies Record<string, { before: string; places: readonly ('head' | 'middle' | 'tail')[] }>;

/** Enough that one document moves a figure by half a point, and few enough for a test. */
const DOCUMENTS_PER_JOINT = 200;
const SEPARATORS = ['_', ',', '-', '|', '、'];

/** Honest lines of one article with spam from held-out rows in a known place. */
export interface ComposedDocument {
  readonly joint: string;
  readonly text: string;
  readonly truth: readonly Range[];
}

/** The same documents for the same rows and seed. Throws a RangeError where rows of either label are missing. */
export function composeDocuments(
  rows: readonly TrainingRow[],
  seed = 11,
  perJoint = DOCUMENTS_PER_JOINT,
): ComposedDocument[] {
  const honest = rows.filter(({ label, text }) => label === 'legit' && text.length >= 12).map(({ text }) => text);
  const spam = rows.filter(({ label }) => label === 'spam');
  if (honest.length === 0 || spam.length === 0) {
    throw new RangeError('documents need honest rows of 12 characters or more and spam rows; one of them is missing');
  }
  const random = createRandom(seed);
  const lists = listsOf(spam, random);
  return Object.keys(JOINTS).flatMap((joint) =>
    Array.from({ length: perJoint }, () => compose(joint as keyof typeof JOINTS, honest, lists, random)),
  );
}

/** What the sieve finds in composed documents, beside the truth. */
export function judgeDocuments(sieve: Sieve, documents: readonly ComposedDocument[]): DocumentOutcome[] {
  return documents.map(({ joint, text, truth }) => ({
    joint,
    truth,
    found: sieve.check({ text, id: '' }).spans.map(({ start, end }) => ({ start, end })),
  }));
}

/** Lists of four to eight phrases of one category and language; a script of its own joins them. */
function listsOf(spam: readonly TrainingRow[], random: Random): () => string {
  const groups = [...Map.groupBy(spam, ({ category, language }) => `${category} ${language}`).values()];
  const weighted = groups.map((group) => [group, group.length] as const);
  return () => {
    const group = random.pick(weighted);
    const phrases = Array.from({ length: 4 + random.int(5) }, () => random.oneOf(group).text);
    return phrases.join(random.oneOf(SEPARATORS));
  };
}

function compose(
  joint: keyof typeof JOINTS,
  honest: readonly string[],
  list: () => string,
  random: Random,
): ComposedDocument {
  const { before, places } = JOINTS[joint];
  const article = Array.from({ length: 4 + random.int(6) }, () => random.oneOf(honest));
  const pieces = article.map((text) => ({ text, spam: false, before: '\n' }));
  for (const place of places) {
    const at = place === 'head' ? 0 : place === 'tail' ? pieces.length : 1 + random.int(article.length - 1);
    pieces.splice(at, 0, { text: list(), spam: true, before });
  }
  return { joint, ...layOut(pieces) };
}

function layOut(pieces: readonly { text: string; spam: boolean; before: string }[]): { text: string; truth: Range[] } {
  const truth: Range[] = [];
  let text = '';
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) text = piece.before === '。' ? text.replace(/[。.]$/, '') + piece.before : text + piece.before;
    if (piece.spam) truth.push({ start: text.length, end: text.length + piece.text.length });
    text += piece.text;
  }
  return { text, truth };
}
