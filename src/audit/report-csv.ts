import { isOpen, type Finding } from './finding.ts';
import { placeName } from './source.ts';

export const CSV_HEADER =
  'place,id,line,category,action,posterior,position,campaign,fingerprint,text,pages,boilerplate,state,suppressed,open\r\n';
/** What a spreadsheet takes is 1,048,576 rows; the head and a last row are among them. */
export const MOST_CSV_ROWS = 1_000_000;
/** What a cell of a spreadsheet takes. */
const LONGEST_CELL = 32_000;

/** One line. */
export function csvRow(finding: Finding): string {
  const { row, span, campaign, fingerprint, pages, boilerplate, state, suppression } = finding;
  const { line, category, action, posterior, position, text } = span;
  const name = placeName(row.place);
  const found = [name, row.id, line, category, action, posterior.toFixed(4), position, campaign, fingerprint, text];
  const held = suppression === null ? '' : `${suppression.author}: ${suppression.reason}`;
  const judged = [pages, boilerplate, state ?? '', held, isOpen(finding)];
  return lineOf([...found, ...judged].map(String));
}

/** The last line of a file that does not hold all. */
export function csvLeftOut(count: number): string {
  return lineOf([`${count} findings are not in this file; findings.ndjson has all of them`]);
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe; every cell with a mark is quoted (RFC 4180). */
export function cellOf(text: string): string {
  const cut = text.slice(0, LONGEST_CELL);
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cut) ? `'${cut}` : cut;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
