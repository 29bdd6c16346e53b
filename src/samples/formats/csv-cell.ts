/**
 * What a spreadsheet may take for a formula, in any width, and what it may split a cell at. Apostrophes before it count too, so that
 * taking one off is the exact contrary of putting one on.
 */
const FORMULA = /^'*(?:\s*[=+\-@|%＝＋－＠]|[\t\r\n])/;
const NEEDS_QUOTES = /[",;'\t\r\n]|^\s|\s$/;

/** A cell that no spreadsheet takes for a formula, quoted where it must be. */
export function cellOfText(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text that `cellOfText` was given; a cell of another program loses an apostrophe only before a formula. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
