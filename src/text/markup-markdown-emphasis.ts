import type { MarkdownFindings } from './markup-markdown-marks.ts';

/** A run of `*`, `_` or `~` that may begin or end emphasis. */
export interface DelimiterRun {
  readonly at: number;
  readonly end: number;
  readonly mark: string;
  readonly opens: boolean;
  readonly closes: boolean;
}

interface Delimiter extends DelimiterRun {
  /** Where its line ends. */
  readonly lineEnd: number;
}

/** The edge of a link's text: what is opened inside must be closed inside. */
export interface Edge {
  readonly at: number;
  readonly inside: boolean;
}

/**
 * Pairs delimiters of the same length; those without a partner stay text. (CommonMark also pairs parts of longer runs; an
 * injected list is no poorer for an asterisk.) Cost: each delimiter enters and leaves the stack at most once.
 */
export function pairDelimiters(
  source: string,
  delimiters: readonly DelimiterRun[],
  edges: readonly Edge[],
  findings: MarkdownFindings,
): void {
  const stack = new DelimiterStack();
  let next = 0;
  let lineEnd = -1;
  for (const run of delimiters) {
    if (lineEnd < run.at) lineEnd = endOfLine(source, run.at);
    const delimiter = { ...run, lineEnd };
    for (; next < edges.length && edges[next].at < delimiter.at; next++) stack.pass(edges[next]);
    const opener = delimiter.closes ? stack.take(delimiter.mark) : undefined;
    if (opener !== undefined) addPair(opener, delimiter, findings);
    else if (delimiter.opens) stack.push(delimiter);
  }
}

function endOfLine(source: string, at: number): number {
  const feed = /[\n\r]/g;
  feed.lastIndex = at;
  return feed.exec(source)?.index ?? source.length;
}

function addPair(opener: Delimiter, closer: Delimiter, findings: MarkdownFindings): void {
  findings.marks.push({ kind: 'drop', start: opener.at, end: opener.end });
  findings.marks.push({ kind: 'drop', start: closer.at, end: closer.end });
  const inner = { start: opener.end, end: closer.at };
  findings.enclosures.push({ outer: { start: opener.at, end: closer.end }, inner, pair: true });
  if (closer.at > opener.lineEnd) findings.keepers.push(opener.at, closer.at);
}

class DelimiterStack {
  readonly #stack: Delimiter[] = [];
  readonly #places = new Map<string, number[]>();
  readonly #floors: number[] = [0];

  push(delimiter: Delimiter): void {
    const places = this.#places.get(delimiter.mark) ?? [];
    places.push(this.#stack.length);
    this.#places.set(delimiter.mark, places);
    this.#stack.push(delimiter);
  }

  /** The innermost opener of this mark, which leaves the stack with all above it. */
  take(mark: string): Delimiter | undefined {
    const place = this.#places.get(mark)?.at(-1) ?? -1;
    if (place < (this.#floors.at(-1) ?? 0)) return undefined;
    const opener = this.#stack[place];
    this.#cut(place);
    return opener;
  }

  pass(edge: Edge): void {
    if (edge.inside) this.#floors.push(this.#stack.length);
    else if (this.#floors.length > 1) this.#cut(this.#floors.pop() ?? 0);
  }

  #cut(length: number): void {
    while (this.#stack.length > length) this.#places.get(this.#stack.pop()?.mark ?? '')?.pop();
  }
}
