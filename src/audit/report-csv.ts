import type { FindingRow } from './finding-row.ts';
import { placeName } from './source.ts';

export const CSV_HEADER = 'place,id,line,category,action,posterior,position,campaign,fingerprint,text\r\n';

/** One line a span. `campaignOf` gives the campaign of each span of the row. */
export function csvRows(
  row: FindingRow,
  campaignOf: (index: number) => string,
  fingerprints: readonly string[],
): string {
  return row.spans
    .map((span, i) => {
      const { line, category, action, posterior, position, text } = span;
      const score = posterior.toFixed(4);
      const cells = [
        placeName(row.place),
        row.id,
        line,
        category,
        action,
        score,
        position,
        campaignOf(i),
        fingerprints[i],
        text,
      ];
      return `${cells.map((cell) => cellOf(String(cell))).join(',')}\r\n`;
    })
    .join('');
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe; every cell with a mark is quoted (RFC 4180). */
export function cellOf(text: string): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
