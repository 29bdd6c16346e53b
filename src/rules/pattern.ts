/**
 * The linear subset: literals, classes, `\d`, groups of alternatives, `?` and `{m,n}`. Without `*`, `+`, back-references,
 * look-around and repeated groups, the longest match and the number of ways to try it from one position are known when the
 * pattern is read, so matching takes a bounded number of steps a position whatever the text is.
 */
export interface LinearPattern {
  /** Sticky; matches folded text. */
  readonly regexp: RegExp;
  /** Shortest and longest match, in folded units. */
  readonly shortest: number;
  readonly longest: number;
  /** Ways to try it from one position: no text makes the engine take more. */
  readonly steps: number;
}

export const LONGEST_MATCH = 64;
/** Ways to try a pattern from one position: 1,024 steps take some microseconds, on hits of a needed literal only. */
export const MOST_STEPS = 1024;
const LONGEST_REPEAT = 32;
const DEEPEST_GROUP = 2;

/** Thrown for what is outside the subset; the message names the offence, the limit and the remedy. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** A part of a pattern: its RegExp source, shortest and longest match, and ways to try it. */
interface Part {
  readonly source: string;
  readonly shortest: number;
  readonly longest: number;
  readonly steps: number;
}

/** Reads a pattern, folding its characters with `fold`. Throws a `PatternError`. */
export function parsePattern(pattern: string, fold: (text: string) => string): LinearPattern {
  const reader = new PatternReader(pattern, fold);
  const part = reader.read();
  if (part.shortest === 0) throw new PatternError(`"${pattern}" matches the empty text; make one part of it required`);
  if (part.longest > LONGEST_MATCH) {
    throw new PatternError(
      `"${pattern}" can match ${part.longest} units, ${LONGEST_MATCH} are allowed; shorten its repeats`,
    );
  }
  if (part.steps > MOST_STEPS) {
    throw new PatternError(
      `"${pattern}" can be tried in ${part.steps} ways, ${MOST_STEPS} are allowed; use fewer optional parts`,
    );
  }
  const { shortest, longest, steps } = part;
  return { regexp: new RegExp(part.source, 'y'), shortest, longest, steps };
}

class PatternReader {
  readonly #text: string;
  readonly #fold: (text: string) => string;
  #at = 0;
  #depth = 0;

  constructor(text: string, fold: (text: string) => string) {
    this.#text = text;
    this.#fold = fold;
  }

  read(): Part {
    const part = this.#alternatives();
    if (this.#at < this.#text.length) throw this.#error(`unmatched "${this.#text[this.#at]}"`, 'remove it');
    return part;
  }

  #alternatives(): Part {
    const parts = [this.#sequence()];
    while (this.#eat('|')) parts.push(this.#sequence());
    if (parts.length === 1) return parts[0];
    return {
      source: `(?:${parts.map((part) => part.source).join('|')})`,
      shortest: Math.min(...parts.map((part) => part.shortest)),
      longest: Math.max(...parts.map((part) => part.longest)),
      steps: parts.reduce((sum, part) => sum + part.steps, 0),
    };
  }

  #sequence(): Part {
    let whole: Part = { source: '', shortest: 0, longest: 0, steps: 1 };
    while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at])) whole = join(whole, this.#item());
    return whole;
  }

  #item(): Part {
    const grouped = this.#text[this.#at] === '(';
    const atom = grouped ? this.#group() : this.#unit();
    if (this.#eat('?')) return { ...atom, source: `${atom.source}?`, shortest: 0, steps: atom.steps + 1 };
    if (this.#text[this.#at] !== '{') return atom;
    if (grouped) throw this.#error('a group is repeated', 'only ? may follow a group; write the repeats out');
    return this.#repeat(atom);
  }

  #group(): Part {
    this.#at++;
    if (++this.#depth > DEEPEST_GROUP) throw this.#error('groups are nested too deep', `use at most ${DEEPEST_GROUP}`);
    const inner = this.#alternatives();
    if (!this.#eat(')')) throw this.#error('a group is not closed', 'add )');
    this.#depth--;
    return { ...inner, source: `(?:${inner.source})` };
  }

  #repeat(atom: Part): Part {
    const match = /^\{(\d{1,3})(?:,(\d{1,3}))?\}/.exec(this.#text.slice(this.#at));
    if (match === null) throw this.#error('a repeat is not of the form {m,n}', 'open-ended repeats are not linear');
    const least = Number(match[1]);
    const most = Number(match[2] ?? match[1]);
    if (most > LONGEST_REPEAT || most < least) throw this.#error(`repeat ${match[0]}`, `use at most ${LONGEST_REPEAT}`);
    this.#at += match[0].length;
    return { source: `${atom.source}{${least},${most}}`, shortest: least, longest: most, steps: most - least + 1 };
  }

  #unit(): Part {
    const character = this.#text[this.#at];
    if (character === '[') return one(this.#class());
    if (character === '\\') return one(this.#escape());
    if ('*+?{}^$.'.includes(character)) {
      throw this.#error(`"${character}" is outside the subset`, 'use ?, {m,n}, classes or an escape');
    }
    this.#at++;
    return one(this.#folded(character));
  }

  #class(): string {
    let members = '';
    this.#at++;
    if (this.#text[this.#at] === '^') throw this.#error('a negated class', 'list what is meant');
    while (this.#at < this.#text.length && this.#text[this.#at] !== ']') members += this.#member();
    if (!this.#eat(']')) throw this.#error('a class is not closed', 'add ]');
    if (members === '') throw this.#error('an empty class', 'list what is meant');
    return `[${members}]`;
  }

  #member(): string {
    const character = this.#text[this.#at];
    if (character === '\\') return this.#escape();
    if (character === '-') throw this.#error('a range without a start', 'write \\- for the mark');
    if (this.#text[this.#at + 1] === '-') return this.#range();
    this.#at++;
    return this.#folded(character);
  }

  #range(): string {
    const range = this.#text.slice(this.#at, this.#at + 3);
    const alike = /^(?:[a-z]-[a-z]|\d-\d)$/.test(range);
    if (!alike || range[0] > range[2]) throw this.#error(`range ${range}`, 'use a-z or 0-9, from low to high');
    this.#at += 3;
    return range;
  }

  #escape(): string {
    const character = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    if (character === 'd') return '\\d';
    if (/^[a-zA-Z0-9]?$/.test(character))
      throw this.#error(`escape \\${character}`, 'only \\d and marks can be escaped');
    return this.#folded(character);
  }

  #folded(character: string): string {
    const folded = this.#fold(character);
    if (folded.length !== 1)
      throw this.#error(`"${character}" folds to ${folded.length} units`, 'write what it folds to');
    return /[\w\u0080-\uffff]/.test(folded) ? folded : `\\u${folded.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }

  #eat(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #error(offence: string, remedy: string): PatternError {
    return new PatternError(`"${this.#text}", at ${this.#at}: ${offence}; ${remedy}`);
  }
}

const one = (source: string): Part => ({ source, shortest: 1, longest: 1, steps: 1 });

function join(a: Part, b: Part): Part {
  return {
    source: a.source + b.source,
    shortest: a.shortest + b.shortest,
    longest: a.longest + b.longest,
    steps: a.steps * b.steps,
  };
}
