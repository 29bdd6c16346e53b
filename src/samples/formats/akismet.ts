import type { Label, NewSample } from '../sample.ts';
import { tableRows } from './csv-table.ts';
import { contentOfText, textOfContent } from './html-text.ts';
import { jsonElements } from './json-array.ts';
import { labelOfAnswer } from './label-words.ts';
import { jsonRows } from './ndjson.ts';
import { rowError, sampleRow, sourceOf, type ImportOptions, type SampleRow } from './row.ts';
import { piecesOf, type TextSource } from './text-lines.ts';

/** By what names comments are exported: Akismet's parameters, WordPress's columns, its REST fields. */
const CONTENT = ['comment_content', 'content'];
const ANSWER = 'is_spam';
const STATES = ['comment_approved', 'status'];
/** What a moderator decided; a comment that waits or lies in the bin says nothing of spam. */
const STATE_LABELS: ReadonlyMap<string, Label> = new Map([
  ['spam', 'spam'],
  ['1', 'legit'],
  ['approve', 'legit'],
  ['approved', 'legit'],
]);

type Comment = ReadonlyMap<string, unknown>;

/**
 * Reads comments from CSV, NDJSON or a JSON array, whichever it is, with `comment_content` (or `content`) and either `is_spam` (true or
 * false, 1 or 0, spam or ham) or `comment_approved` (spam, 1). HTML is read as its visible lines. `blog` is the site and
 * `permalink` (or `comment_post_ID`) the document.
 */
export async function* samplesOfComments(source: TextSource, options: ImportOptions = {}): AsyncGenerator<SampleRow> {
  const name = sourceOf(options);
  const { head, rest } = await peeked(source);
  if (head !== '{' && head !== '[') yield* samplesOfTable(rest, name, options);
  else {
    for await (const { place, value, error } of head === '[' ? jsonElements(rest, name) : jsonRows(rest, name)) {
      if (error !== undefined) yield rowError(place, error);
      else yield rowOf(new Map(Object.entries(Object(value) as object)), place, options);
    }
  }
}

/** A sample as a line of JSON with the names of Akismet's parameters. */
export function commentOfSample({ text, label, site, documentId }: NewSample): string {
  const row = { comment_type: 'comment', comment_content: contentOfText(text), is_spam: label === 'spam' };
  return `${JSON.stringify({ ...row, blog: site ?? undefined, permalink: documentId ?? undefined })}\n`;
}

async function* samplesOfTable(source: TextSource, name: string, options: ImportOptions): AsyncGenerator<SampleRow> {
  for await (const { place, cells, error } of tableRows(source, name, [CONTENT, [ANSWER, ...STATES]])) {
    yield error === undefined ? rowOf(cells, place, options) : rowError(place, error);
  }
}

function rowOf(comment: Comment, place: string, { defaults }: ImportOptions): SampleRow {
  const label = labelOf(comment);
  if (label === null) {
    return rowError(place, `no label: ${ANSWER} must be true or false, or comment_approved spam or 1`);
  }
  const content = contentOf(firstOf(comment, CONTENT));
  if (content === null) return rowError(place, `no text: ${CONTENT.join(' or ')} must be a string`);
  const site = wordOf(comment.get('blog'));
  const documentId = wordOf(comment.get('permalink')) ?? wordOf(comment.get('comment_post_ID'));
  return sampleRow({ text: textOfContent(content), label, site, documentId }, place, defaults);
}

function labelOf(comment: Comment): Label | null {
  const answer = comment.get(ANSWER);
  if (answer !== undefined && answer !== '') return labelOfAnswer(answer);
  return STATE_LABELS.get(String(firstOf(comment, STATES)).trim().toLowerCase()) ?? null;
}

function firstOf(comment: Comment, names: readonly string[]): unknown {
  return names.map((name) => comment.get(name)).find((value) => value !== undefined);
}

/** REST answers hold the content as `{ rendered }`, and `{ raw }` for editors. */
function contentOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : null;
  const { raw, rendered } = value as { raw?: unknown; rendered?: unknown };
  return contentOf(typeof raw === 'string' ? raw : (rendered ?? null));
}

function wordOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The first unit that is no blank, and the source with nothing taken off. */
async function peeked(source: TextSource): Promise<{ head: string; rest: AsyncIterable<string> }> {
  const pieces = piecesOf(source);
  const seen: string[] = [];
  let head = '';
  while (head === '') {
    const { done, value } = await pieces.next();
    if (done === true) break;
    seen.push(value);
    head = /\S/.exec(value)?.[0] ?? '';
  }
  return { head, rest: chained(seen, pieces) };
}

async function* chained(first: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield* first;
  yield* rest;
}
