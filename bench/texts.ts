import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { readRows } from '../src/node/training-data.ts';
import { createRandom } from '../src/training/random.ts';

const CHINESE = new Set(['zh-Hans', 'zh-Hant']);
const LATIN = new Set(['en', 'de', 'fr', 'es', 'vi', 'id']);
/** Rows that make a line: real lines are paragraphs. */
const ROWS_PER_LINE = 3;

/** Sentences of one paragraph. */
const SENTENCES = 3;

/** What stands for `{name}` is made up anew each time: in English news, too, one word in six to fifteen comes up for the first time. */
const SYLLABLES =
  'ka ro mi su te lo na vi po ze du fa gi he ju ly ma ne os pe qu ri sa tu ve wo xa ye bor lin der ton'.split(' ');

/**
 * Paragraphs of ordinary news written for the benchmark, in ever new order so that no predictor learns them, with at least
 * `units` UTF-16 units; always the same.
 */
export function articleLines(script: 'chinese' | 'latin', units: number): string[] {
  const [file, joint] = script === 'chinese' ? ['zh.txt', ''] : ['en.txt', ' '];
  const sentences = readFileSync(new URL(`articles/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const random = createRandom(11);
  const lines: string[] = [];
  for (let length = 0; length < units; length += lines.at(-1)?.length ?? 0) {
    lines.push(
      Array.from({ length: SENTENCES }, () => random.oneOf(sentences))
        .join(joint)
        .replace(/\{name\}/g, () => nameOf(random)),
    );
  }
  return lines;
}

function nameOf(random: ReturnType<typeof createRandom>): string {
  const name = Array.from({ length: 2 + random.int(2) }, () => random.oneOf(SYLLABLES)).join('');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/**
 * Honest lines written for the repository, joined to paragraphs and repeated to at least `units` UTF-16 units, always the
 * same. Hard negatives among them are far denser than in real text: what the cascade costs where it does not help.
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
