import type { Category } from '../rules/rule.ts';
import type { Template } from './generator-template.ts';

export type ListType = 'random' | 'series' | 'story';

/** Relative shares by text: templates, separators. */
export type Weights = Readonly<Record<string, number>>;

/** Values at the quantiles 0, .1, .25, .5, .75, .9 and 1; between them a distribution is linear. */
export type Quantiles = readonly number[];

/**
 * Shares of phrases or lists that a disturbance happens to; 0 where left out. Phrases: `clip` (a word loses its last
 * character), `variant` (per word), `alphanumeric`, `enumerator` and `year` (glued to an end), `innerBlank`. Lists:
 * `cutLast` (the last phrase is cut), `strayBlank` (before one separator), `openEnd` (ends with its separator).
 */
export const NOISES = [
  'clip',
  'variant',
  'alphanumeric',
  'enumerator',
  'year',
  'innerBlank',
  'cutLast',
  'strayBlank',
  'openEnd',
] as const;
export type Noise = Readonly<Record<(typeof NOISES)[number], number>>;

/** A row of `lists`: how lists of one type are built. */
export interface ListRow {
  readonly share: number;
  /** Phrases of a list. */
  readonly count: Quantiles;
  /** Characters of a phrase; any where left out. */
  readonly length?: Quantiles;
  /** `mixed` stands for two blocks, the first joined by `-`, the second by `,`. */
  readonly separators: Weights;
  readonly templates: Weights;
  /** Slot drawn once for the whole list; templates name it `SLOT@`. */
  readonly fixed?: string;
  /** Share of phrases from these templates; the others come from those of `random`. */
  readonly own?: number;
  /** Share of lists sorted by code units. */
  readonly sorted?: number;
  /** Share of phrases that are honest-looking `baits`; never given as a phrase of their own. */
  readonly bait?: number;
  readonly baits?: Weights;
}

/** A grammar file. Slots are rows of words: `"国产=15, 亚洲=10, 中文"`, weight 1 where none is given. */
export interface GrammarFile {
  readonly name: string;
  readonly category: Category;
  readonly language: string;
  /** Weight of this grammar among all. */
  readonly share: number;
  /** What stands between the words of a phrase. */
  readonly joint: string;
  /** Share of lines that are one phrase alone. */
  readonly alone: number;
  readonly noise: Partial<Noise>;
  /** Slots whose words `clip` may shorten. */
  readonly clipped?: string;
  readonly slots: Readonly<Record<string, string | Weights>>;
  readonly lists: Readonly<Partial<Record<ListType, ListRow>>>;
  /** Odd spellings of a word, as a row of words. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** The plain form of a grammar, for kinds of spam that need no measured distributions. */
export interface PlainGrammar {
  readonly category: Category;
  readonly language: string;
  readonly share: number;
  /** What stands between the words of a phrase. */
  readonly glue: string;
  readonly slots: Readonly<Record<string, Weights>>;
  readonly phrases: Weights;
  readonly separators: Weights;
  /** Fewest and most phrases of a list. */
  readonly counts: readonly [number, number];
  /** Shares of lists and of single phrases; a series is read as a random list. */
  readonly types: { readonly random: number; readonly series: number; readonly single: number };
  /** Share of lists whose last phrase is cut. */
  readonly truncated: number;
}

/** What a generator is made from: a grammar file, or one of the plain form. */
export type Grammar = GrammarFile | PlainGrammar;

/** Items with their relative weights. */
export type Weighted<T> = readonly (readonly [item: T, weight: number])[];

/** A list row, checked and ready to draw from. */
export interface ReadyList {
  readonly type: ListType;
  readonly share: number;
  readonly count: Quantiles;
  readonly length: Quantiles | null;
  readonly separators: Weighted<string>;
  readonly templates: Weighted<Template>;
  readonly fixed: string | null;
  readonly own: number;
  readonly sorted: number;
  readonly bait: number;
  readonly baits: Weighted<Template>;
}

/** A grammar, checked and ready to draw from. */
export interface ReadyGrammar {
  readonly name: string;
  readonly category: Category;
  readonly language: string;
  readonly share: number;
  readonly joint: string;
  readonly alone: number;
  readonly noise: Noise;
  readonly clipped: ReadonlySet<string>;
  readonly slots: ReadonlyMap<string, Weighted<string>>;
  readonly lists: readonly ReadyList[];
  readonly variants: ReadonlyMap<string, readonly string[]>;
}

/** Thrown for a grammar that cannot be used; names the file, the slot or row, and the remedy. */
export class GrammarError extends Error {
  override readonly name = 'GrammarError';
}
