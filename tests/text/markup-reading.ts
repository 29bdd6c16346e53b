import type { Span } from '../../src/text/span.ts';
import type { TextDocument } from '../../src/text/document.ts';

/** The lines of a document with what markup says of them: `text`, `title: text`, `hidden: text`, `hidden comment: text`. */
export function readingOf({ text, marks }: TextDocument): string[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const { kind, hidden } = marks?.[index] ?? { kind: 'text', hidden: false };
    const said = [hidden ? 'hidden' : '', kind === 'text' ? '' : kind].filter((word) => word !== '').join(' ');
    return said === '' ? line : `${said}: ${line}`;
  });
}

/** The source without what may go when `words`, the first time that they are read, go. */
export function withoutWords(document: TextDocument, words: string): string {
  const start = document.text.indexOf(words);
  if (start < 0) throw new Error(`${words} is not in ${JSON.stringify(document.text)}`);
  return without(document, { start, end: start + words.length });
}

/** The source without what may go when a range of the text goes. */
export function without({ source, removable }: TextDocument, range: Span): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of removable?.(range) ?? []) {
    if (start < at || end <= start) throw new Error(`the part ${start}..${end} overlaps, is empty or goes back`);
    kept += source.slice(at, start);
    at = end;
  }
  return kept + source.slice(at);
}

/** What is wrong with the offsets of a document, unit by unit; `null` where nothing is. */
export function offsetFault({ source, text, offsets, marks }: TextDocument): string | null {
  if (offsets === null || marks === null) return 'no offsets or no marks';
  const { starts, ends } = offsets;
  if (starts.length !== text.length || ends.length !== text.length) return 'offsets have another length than the text';
  if (marks.length !== text.split(/\r\n|[\n\r\u2028\u2029]/).length - 1) return 'marks are not one per line';
  if (text !== '' && !text.endsWith('\n')) return 'the last line does not end';
  for (let i = 0; i < text.length; i++) {
    const back = i > 0 && (starts[i] < starts[i - 1] || ends[i] < ends[i - 1]);
    if (back || ends[i] < starts[i] || ends[i] > source.length) return `offsets of unit ${i} go back or out`;
    if (!standsFor(source.slice(starts[i], ends[i]), text[i])) return `unit ${i} is not what stands there`;
  }
  return null;
}

/** Whether a piece of source can be read as a unit; references and escapes are compared elsewhere. */
function standsFor(piece: string, unit: string): boolean {
  if (unit === '\n') return piece === '' || /^(?:[\n\r]|&.*|<\/?br[^]*>)$/is.test(piece);
  if (unit === ' ') return piece.trim() === '' || piece.startsWith('&') || /^\].{0,3}/s.test(piece);
  return piece === unit || piece.startsWith('&') || piece === `\\${unit}`;
}
