import type { Category } from '../rules/rule.ts';

/** One line that the project wrote, with its truth. */
export interface TrainingRow {
  readonly id: string;
  readonly text: string;
  readonly label: 'legit' | 'spam';
  /** `''` for honest lines. */
  readonly category: Category | '';
  readonly language: string;
  /** For honest lines `hnNN` (a kind of hard negative) or a word; for spam list, story, title, cta, remnant … */
  readonly kind: string;
  readonly source: string;
}

const CATEGORIES = ['adult', 'gambling', 'pharma', 'escort', 'loans', 'replica', 'essay', 'gossip'];
const FIELDS = ['id', 'text', 'label', 'category', 'language', 'kind', 'source'] as const;

/** Thrown for a row that cannot be trained on; names the file, the line and the remedy. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
}

/** Reads one JSONL file of training rows. Throws a `CorpusError` for the first bad row. */
export function parseRows(file: string, content: string): TrainingRow[] {
  const rows: TrainingRow[] = [];
  for (const [index, line] of content.split('\n').entries()) {
    if (line !== '') rows.push(parseRow(`${file}:${index + 1}`, line));
  }
  return rows;
}

function parseRow(place: string, line: string): TrainingRow {
  const row = readJson(place, line);
  for (const field of FIELDS) {
    if (typeof row[field] !== 'string') throw new CorpusError(`${place}: ${field} must be a string`);
  }
  const { text, label, category } = row as unknown as TrainingRow;
  if (text.trim() === '' || /[\n\r\u2028\u2029]/.test(text)) {
    throw new CorpusError(`${place}: text must be one line with something in it`);
  }
  if (label !== 'legit' && label !== 'spam')
    throw new CorpusError(`${place}: label must be legit or spam, not ${String(label)}`);
  if (label === 'legit' ? category !== '' : !CATEGORIES.includes(category)) {
    throw new CorpusError(`${place}: category must be ${label === 'legit' ? 'empty' : CATEGORIES.join(', ')}`);
  }
  return row as unknown as TrainingRow;
}

function readJson(place: string, line: string): Record<string, unknown> {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === 'object' && row !== null) return row as Record<string, unknown>;
  } catch {
    // reported below with its place
  }
  throw new CorpusError(`${place}: a row is one JSON object; this is none`);
}

/** Throws a `CorpusError` where two rows share an id, or the same text has two labels. */
export function checkRows(rows: readonly TrainingRow[]): void {
  const ids = new Set<string>();
  const labels = new Map<string, string>();
  for (const { id, text, label } of rows) {
    if (ids.has(id)) throw new CorpusError(`two rows have the id ${id}; ids are given once`);
    ids.add(id);
    if ((labels.get(text) ?? label) !== label) throw new CorpusError(`${id}: this text is labelled both ways; decide`);
    labels.set(text, label);
  }
}
