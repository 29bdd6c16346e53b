import type { LineKind, LineMark, TextDocument } from '../text/document.ts';
import { countScripts, dominantScript, type Script } from '../text/script.ts';
import type { Span } from '../text/span.ts';
import { isWordUnit } from '../text/unit.ts';
import type { Reason } from './verdict.ts';

/** A document says something about a line only where it has this many units beside it: three sentences. */
const LEAST_REST = 120;
/** Letters that a span needs for its script to count, and the rest of the document. */
const FEWEST_IN_SPAN = 4;
const FEWEST_IN_REST = 40;

/**
 * Natural-log odds. Steps of a half and one were tried on 6,000 composed tuning documents (DESIGN.md, "Context"): more found
 * hardly more, and none of these sends a clean document to review. `links` on what weights that had not seen it find in a fold of the corpora: were
 * every honest line made of links, 26.1 of 100,000 instead of 21.6 would go to review.
 */
const WEIGHTS = { head: 1, tail: 2, script: 2, links: 1 };

/** What the place of a span in its document adds to its evidence. Nothing is read before the first span asks. */
export class Context {
  readonly #text: string;
  readonly #marks: readonly LineMark[] | null;
  #all: Uint32Array | null = null;
  #prose: number | null = null;

  constructor({ text, marks }: TextDocument) {
    this.#text = text;
    this.#marks = marks;
  }

  /** The reasons for a span of the text that was read, in a line of this kind. */
  reasons(span: Span, kind: LineKind): Reason[] {
    if (this.#text.length - (span.end - span.start) < LEAST_REST) return [];
    const codes: (keyof typeof WEIGHTS)[] = [];
    if (!this.#hasWord(span.end, this.#text.length)) codes.push('tail');
    else if (!this.#hasWord(0, span.start)) codes.push('head');
    if (this.#isOtherScript(span)) codes.push('script');
    if (kind === 'link' && this.#proseUnits() >= LEAST_REST) codes.push('links');
    return codes.map((code) => ({ code, weight: WEIGHTS[code] }));
  }

  #hasWord(start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (isWordUnit(this.#text.charCodeAt(i))) return true;
    return false;
  }

  /** Units of the lines that are more than links: a page of nothing else is a list of links, and all of its lines are. */
  #proseUnits(): number {
    if (this.#prose !== null) return this.#prose;
    let [units, start] = [0, 0];
    for (const { kind } of this.#marks ?? []) {
      const end = this.#text.indexOf('\n', start) + 1;
      if (kind === 'text') units += end - start;
      start = end;
    }
    return (this.#prose = units);
  }

  #isOtherScript({ start, end }: Span): boolean {
    const inside = countScripts(this.#text, start, end);
    this.#all ??= countScripts(this.#text, 0, this.#text.length);
    const outside = this.#all.map((count, script) => count - inside[script]);
    return differ(dominantScript(inside, FEWEST_IN_SPAN), dominantScript(outside, FEWEST_IN_REST));
  }
}

/** Han that does not show its form agrees with either, and with Japanese. */
function differ(inside: Script | null, outside: Script | null): boolean {
  if (inside === null || outside === null || inside === outside) return false;
  if (outside === 'kana') return !inside.startsWith('han');
  return !(inside.startsWith('han') && outside.startsWith('han') && (inside === 'han' || outside === 'han'));
}
