import { linesOf } from '../../text/lines.ts';
import { CATEGORIES, shown, type NewSample } from '../sample.ts';
import { labelOfWord } from './label-words.ts';
import { rowError, sampleRow, sourceOf, type ImportOptions, type SampleRow } from './row.ts';
import { sourceLines, tooLong, type TextSource } from './text-lines.ts';

const PREFIX = '__label__';
/** One label and the one blank after it. */
const LABEL = /__label__(\S*)(?:[ \t]|$)/y;

/** Reads lines `__label__spam text`; a second label may name the category: `__label__spam __label__adult text`. */
export async function* samplesOfFastText(source: TextSource, options: ImportOptions = {}): AsyncGenerator<SampleRow> {
  for await (const { n, text } of sourceLines(source)) {
    const place = `${sourceOf(options)}:${n}`;
    if (text === null) yield rowError(place, tooLong());
    else if (text.trim() !== '') yield rowOf(text, place, options);
  }
}

function rowOf(line: string, place: string, { defaults }: ImportOptions): SampleRow {
  const { names, text } = labelsOf(line);
  const label = names.map(labelOfWord).find((known) => known !== null);
  if (label === undefined) return rowError(place, `no ${PREFIX}spam or ${PREFIX}legit before the text`);
  const others = names.filter((name) => labelOfWord(name) !== label);
  const unknown = others.find((name) => !CATEGORIES.includes(name)) ?? others[1];
  if (unknown !== undefined) {
    return rowError(
      place,
      `${shown(PREFIX + unknown)} is a second label; give one, and one category beside it at most`,
    );
  }
  return sampleRow({ text, label, category: others[0] }, place, defaults);
}

function labelsOf(line: string): { names: string[]; text: string } {
  const names: string[] = [];
  let at = 0;
  for (;;) {
    LABEL.lastIndex = at;
    const match = LABEL.exec(line);
    if (match === null) return { names, text: line.slice(at) };
    names.push(match[1]);
    at += match[0].length;
  }
}

/**
 * The lines of a sample that are not blank, one labelled line each: fastText knows no text of several. A line that begins with a label
 * of its own gets a blank before it, by which `samplesOfFastText` knows it for text.
 */
export function fastTextOfSample({ text, label, category }: NewSample): string {
  const labels = `${PREFIX}${label} ${category === null ? '' : `${PREFIX}${category} `}`;
  return linesOf(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((line) => line.trim() !== '')
    .map((line) => `${labels}${line.startsWith(PREFIX) ? ' ' : ''}${line}\n`)
    .join('');
}
