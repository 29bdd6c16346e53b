import type { Random } from '../src/training/random.ts';
import type { CorpusFile } from './corpora.ts';

/** The part of each corpus file that is measured on. */
export type Part = 'dev' | 'held';

/** Separators of real lists with their weights, as facts on real pages say: `_` 49 %, `,` 28 %, `-` 16 % … */
const SEPARATORS = [
  ['_', 49],
  [',', 28],
  ['-', 16],
  [' I ', 3],
  ['|', 3],
  ['丨', 2],
  ['、', 3],
  [' ', 4],
] as const;
const ANY_SEPARATOR = /[_,|、丨-]| I | /;
/** Longer ones are sentences, which stand in no list. */
const LONGEST_LISTED = 21;
/** Shorter ones are in ordinary text too. */
const SHORTEST_PHRASE = 5;

/** Spam that no generator made: phrases and titles of one part of the corpora, and lists of them. */
export class SpamSource {
  readonly #files: ReadonlyMap<string, CorpusFile>;
  readonly #part: Part;
  /** Chinese adult phrases of five characters or more. */
  readonly phrases: readonly string[];
  readonly #listed: readonly string[];

  constructor(files: readonly CorpusFile[], part: Part) {
    this.#files = new Map(files.map((file) => [file.name, file]));
    this.#part = part;
    this.phrases = this.lines('lex_adult_zh_selected').filter((phrase) => phrase.length >= SHORTEST_PHRASE);
    this.#listed = this.phrases.filter((phrase) => phrase.length <= LONGEST_LISTED);
  }

  lines(name: string): readonly string[] {
    return this.#files.get(name)?.[this.#part] ?? [];
  }

  phrase(random: Random): string {
    return random.oneOf(this.#listed);
  }

  /** What is left of a list that was taken out badly: the last few characters of one. */
  remnant(random: Random): string {
    const short = this.lines('lex_adult_zh_selected').filter(({ length }) => length >= 3 && length <= 8);
    return random.oneOf(short);
  }

  /** A list of four to twelve phrases. */
  list(random: Random, separator: string = random.pick(SEPARATORS)): string {
    return Array.from({ length: 4 + random.int(9) }, () => this.phrase(random)).join(separator);
  }

  lists(count: number, random: Random): string[] {
    return Array.from({ length: count }, () => this.list(random));
  }

  /** As `list`, with one to three English titles at places of their own. */
  mixedList(random: Random): string {
    const separator = random.oneOf(['_', ',', '|', ' - ']);
    const parts = this.#parts(random);
    for (let n = 1 + random.int(3); n > 0; n--) parts.splice(random.int(parts.length + 1), 0, this.title(random));
    return parts.join(separator);
  }

  /** A list with one title in it, and where that begins. */
  listAround(title: string, random: Random): { list: string; start: number } {
    const parts = this.#parts(random);
    const before = parts.slice(0, random.int(parts.length + 1));
    const list = [...before, title, ...parts.slice(before.length)].join('_');
    return { list, start: before.reduce((sum, part) => sum + part.length + 1, 0) };
  }

  title(random: Random): string {
    return random.oneOf(this.lines('xhamster_titles_en'));
  }

  #parts(random: Random): string[] {
    return this.list(random).split(ANY_SEPARATOR);
  }
}
