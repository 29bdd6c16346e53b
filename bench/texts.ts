import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { readRows } from '../src/node/training-data.ts';

const CHINESE = new Set(['zh-Hans', 'zh-Hant']);
const LATIN = new Set(['en', 'de', 'fr', 'es', 'vi', 'id']);
/** Rows that make a line: real lines are paragraphs. */
const ROWS_PER_LINE = 3;

/**
 * Honest lines written for the repository, joined to paragraphs and repeated to at least `units` UTF-16 units, always the
 * same. Hard negatives among them are far denser than in real text, so the cascade is not flattered.
 */
export function honestLines(script: 'chinese' | 'latin', units: number): string[] {
  const rows = readRows(join(PACKAGE_FOLDER, 'training-data', 'legit'));
  const chosen = rows.filter(({ language }) => (script === 'chinese' ? CHINESE : LATIN).has(language));
  const lines: string[] = [];
  for (let length = 0, i = 0; length < units; i += ROWS_PER_LINE) {
    const parts = Array.from({ length: ROWS_PER_LINE }, (_, j) => chosen[(i + j) % chosen.length].text);
    const line = parts.join(script === 'chinese' ? '。' : '. ');
    lines.push(line);
    length += line.length;
  }
  return lines;
}

/** Documents of some fifty lines. */
export function documentsOf(lines: readonly string[]): string[] {
  const documents: string[] = [];
  for (let i = 0; i < lines.length; i += 50) documents.push(lines.slice(i, i + 50).join('\n'));
  return documents;
}
