import type { Category } from '../../rules/rule.ts';
import { SampleError, shown, type Label, type NewSample } from '../sample.ts';
import { rowError, sampleRow, sourceOf, type ImportOptions, type SampleRow } from './row.ts';

/** What a label of theirs means. */
export type LabelMeaning = Label | { readonly label: Label; readonly category: Category };

export interface NaturalImportOptions extends ImportOptions {
  /** Theirs to ours; where it is left out, `spam`, `ham` and `legit` mean what they say. */
  readonly labels?: Readonly<Record<string, LabelMeaning>>;
}

const PLAIN_LABELS: Readonly<Record<string, LabelMeaning>> = { spam: 'spam', ham: 'legit', legit: 'legit' };

/** Letters and marks of scripts that write no blank between words. */
const UNSPACED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]`;
const UNSPACED_END = new RegExp(`${UNSPACED}$`, 'u');
const UNSPACED_START = new RegExp(`^${UNSPACED}`, 'u');

/**
 * The labelled documents of a classifier that `natural` saved, as samples; `saved` is its JSON, parsed or not. What it kept are tokens
 * (stemmed ones, if it was given strings), which are joined by blanks but between Han, kana or Thai. A document that `naturalOfSamples` wrote
 * gives its sample back. A label without a meaning is an error row. Throws a `SampleError` where there are no documents to read.
 */
export function* samplesOfNatural(saved: unknown, options: NaturalImportOptions = {}): Generator<SampleRow> {
  const name = sourceOf(options);
  const meanings = new Map(Object.entries(options.labels ?? PLAIN_LABELS));
  for (const [at, document] of documentsOf(saved, name).entries()) {
    const place = `${name}#/docs/${at}`;
    const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(Object(document) as object));
    if (fields.get('sample') !== null) yield rowOf(fields, meanings, place, options);
  }
}

function documentsOf(saved: unknown, name: string): readonly unknown[] {
  const docs = Object(typeof saved === 'string' ? parsed(saved, name) : saved) as { docs?: unknown };
  if (Array.isArray(docs.docs)) return docs.docs;
  throw new SampleError(name, 'no list "docs"; give what a BayesClassifier of natural saves');
}

function parsed(json: string, name: string): unknown {
  try {
    return JSON.parse(json.startsWith('\ufeff') ? json.slice(1) : json);
  } catch {
    throw new SampleError(name, 'no JSON; give the file that a BayesClassifier of natural saved, unpacked');
  }
}

function rowOf(
  fields: ReadonlyMap<string, unknown>,
  meanings: ReadonlyMap<string, LabelMeaning>,
  place: string,
  { defaults }: ImportOptions,
): SampleRow {
  const theirs = fields.get('label');
  const meaning = meanings.get(typeof theirs === 'string' ? theirs : shown(theirs));
  if (meaning === undefined) {
    return rowError(
      place,
      `label ${shown(theirs)} has no meaning; map it to legit or spam, beside ${namesOf(meanings)}`,
    );
  }
  const truth = typeof meaning === 'string' ? { label: meaning } : meaning;
  const kept = fields.get('sample');
  if (kept !== undefined) return sampleRow({ ...Object(kept), ...keptTruth(kept, truth) }, place, defaults);
  const tokens = fields.get('text');
  if (Array.isArray(tokens) && tokens.every((token) => typeof token === 'string')) {
    return sampleRow({ ...truth, text: joined(tokens) }, place, defaults);
  }
  return rowError(place, 'text must be a list of tokens');
}

/** The label that the document has now, and the sample's category while that still is spam. */
function keptTruth(kept: unknown, truth: { readonly label: Label }): object {
  return truth.label === 'spam'
    ? { category: (kept as NewSample | null)?.category, ...truth }
    : { ...truth, category: null };
}

function namesOf(meanings: ReadonlyMap<string, LabelMeaning>): string {
  return [...meanings.keys()].slice(0, 20).map(shown).join(', ');
}

function joined(tokens: readonly string[]): string {
  let text = '';
  for (const [at, token] of tokens.entries()) {
    const isGlued = at === 0 || (UNSPACED_START.test(token) && UNSPACED_END.test(tokens[at - 1]));
    text += isGlued ? token : ` ${token}`;
  }
  return text;
}
