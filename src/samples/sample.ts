import type { Category } from '../rules/rule.ts';
import { FoldedLine, foldString } from '../text/fold.ts';
import { linesOf } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { unitClass, UNIT_OTHER } from '../text/unit.ts';
import { sha256Hex } from '../sha256.ts';

export type Label = 'legit' | 'spam';
/** Who said so; a stronger origin wins over a weaker one: human > rule > import. */
export type Origin = 'human' | 'rule' | 'import';

/** A text with its truth and where it came from, before a store has given it an id. */
export interface NewSample {
  /** One line or several, up to `LONGEST_TEXT` UTF-16 units. */
  readonly text: string;
  readonly label: Label;
  /** `null` for honest texts, and where nobody said. */
  readonly category: Category | null;
  /** BCP 47, for instance `zh` or `pt-BR`. */
  readonly language: string | null;
  readonly origin: Origin;
  /** Who gave the label, never who wrote the text. */
  readonly author: string;
  readonly site: string | null;
  /** Groups the samples of one document, so that held-out shares do not cut it. */
  readonly documentId: string | null;
  readonly verdictId: string | null;
  /** Where the text stood in that document, in UTF-16 units. */
  readonly span: Span | null;
}

/** What is taken where a row does not say. */
export type SampleDefaults = Partial<Omit<NewSample, 'text' | 'label'>>;

/** In units: a paragraph of 2,000 words. What is longer holds lines of both labels. */
export const LONGEST_TEXT = 10_000;
/** In units: names, addresses and ids; an address in a browser's bar rarely has more than 200. */
export const LONGEST_FIELD = 1000;

const LABELS: readonly Label[] = ['legit', 'spam'];
const ORIGINS: readonly Origin[] = ['human', 'rule', 'import'];
const EVERY_CATEGORY: Readonly<Record<Category, true>> = {
  adult: true,
  gambling: true,
  pharma: true,
  escort: true,
  loans: true,
  replica: true,
  essay: true,
  gossip: true,
};
export const CATEGORIES: readonly string[] = Object.keys(EVERY_CATEGORY);
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,4}$/i;

/** Thrown for a sample that cannot be taken: `place` is the file and line, or the field of a request; `detail` what is wrong and what to do. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
  readonly place: string;
  readonly detail: string;

  constructor(place: string, detail: string) {
    super(`${place}: ${detail}`);
    this.place = place;
    this.detail = detail;
  }
}

/**
 * Reads a sample out of parsed JSON. Only `text` and `label` must be there; absent fields come from `defaults`, else they are `null`,
 * `import` (origin) and `''` (author). Fields it does not know are left out. Throws a `SampleError` that names `place`.
 */
export function checkSample(value: unknown, place: string, defaults: SampleDefaults = {}): NewSample {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SampleError(place, 'a sample is an object {"text", "label", …}; this is none');
  }
  const row = new Map(Object.entries(value));
  const given = (field: keyof SampleDefaults): unknown => row.get(field) ?? defaults[field] ?? null;
  const label = oneOf(LABELS, row.get('label'), place, 'label');
  const category = row.get('category') ?? (label === 'spam' ? defaults.category : null) ?? null;
  return {
    text: textOf(row.get('text'), place),
    label,
    category: categoryOf(category, label, place),
    language: languageOf(given('language'), place),
    origin: oneOf(ORIGINS, given('origin') ?? 'import', place, 'origin'),
    author: shortOf(given('author'), place, 'author') ?? '',
    site: shortOf(given('site'), place, 'site'),
    documentId: shortOf(given('documentId'), place, 'documentId'),
    verdictId: shortOf(given('verdictId'), place, 'verdictId'),
    span: spanOf(given('span'), place),
  };
}

/**
 * SHA-256, in hexadecimal, of what a text says: its folded lines with every run of marks and blanks as one blank. Texts that look
 * alike, or differ in what separates their words, have one hash; a text of marks alone is hashed as it folds.
 */
export async function sampleHash(text: string): Promise<string> {
  return await sha256Hex(essenceOf(text));
}

const folded = new FoldedLine();

function essenceOf(text: string): string {
  let essence = '';
  let apart = false;
  for (const { start, end } of linesOf(text)) {
    folded.fold(text, start, end);
    for (let k = 0; k < folded.length; k++) {
      const unit = folded.units[k];
      const isMark = unitClass[unit] === UNIT_OTHER;
      if (!isMark) essence += (apart && essence !== '' ? ' ' : '') + String.fromCharCode(unit);
      apart = isMark;
    }
    apart = true;
  }
  return essence === '' ? foldString(text).trim() : essence;
}

function textOf(text: unknown, place: string): string {
  if (typeof text !== 'string') throw new SampleError(place, 'text must be a string');
  if (text.length > LONGEST_TEXT) {
    throw new SampleError(
      place,
      `text has ${text.length} units, more than ${LONGEST_TEXT}; label its lines one by one`,
    );
  }
  if (foldString(text).trim() === '')
    throw new SampleError(place, 'text is blank; a label needs something to stand on');
  return text;
}

function categoryOf(value: unknown, label: Label, place: string): Category | null {
  if (value === null || value === '') return null;
  if (label === 'legit') throw new SampleError(place, 'category belongs to spam; leave it out of honest samples');
  return oneOf(CATEGORIES, value, place, 'category') as Category;
}

function languageOf(value: unknown, place: string): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string' && LANGUAGE.test(value)) return value;
  throw new SampleError(place, `language ${shown(value)} is no tag such as zh or pt-BR`);
}

function spanOf(value: unknown, place: string): Span | null {
  if (value === null) return null;
  const { start, end } = value as { start?: unknown; end?: unknown };
  const fits = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (fits && (start as number) >= 0 && (start as number) < (end as number)) {
    return { start: start as number, end: end as number };
  }
  throw new SampleError(place, 'span must be {start, end}, whole numbers with 0 ≤ start < end');
}

function shortOf(value: unknown, place: string, field: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') throw new SampleError(place, `${field} must be a string`);
  if (value.length <= LONGEST_FIELD) return value === '' ? null : value;
  throw new SampleError(place, `${field} has ${value.length} units, more than ${LONGEST_FIELD}; shorten it`);
}

function oneOf<T extends string>(known: readonly T[], value: unknown, place: string, field: string): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw new SampleError(place, `${field} ${shown(value)} is none of ${known.join(', ')}`);
}

/** A value as an error may name it. */
export function shown(value: unknown): string {
  const json = value === undefined ? 'that is missing' : JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
