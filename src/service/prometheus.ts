/** Values by name; the same names in the same order for one metric. */
export type Labels = Readonly<Record<string, string>>;

/** A metric and its lines in Prometheus' text format (version 0.0.4). */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'histogram' | 'gauge';
  samples(): Iterable<string>;
}

/**
 * Series that one metric may have. The built-in rules are 300; a site's own come on top. What comes later counts as `other`, so that
 * nobody who makes up names can fill the memory.
 */
export const MOST_SERIES = 2_000;

/** A number that only grows. */
export class Counter implements Metric {
  readonly name: string;
  readonly help: string;
  readonly type = 'counter';
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string) {
    this.name = name;
    this.help = help;
  }

  add(amount: number, labels?: Labels): void {
    this.addTo(labels === undefined ? '' : this.series(labels), amount);
  }

  /** The name of a series, for `addTo`: what is counted at every request is named once. */
  series(labels: Labels): string {
    return bounded(this.#values, labels);
  }

  addTo(series: string, amount: number): void {
    this.#values.set(series, (this.#values.get(series) ?? 0) + amount);
  }

  *samples(): Generator<string> {
    for (const [series, value] of this.#values) yield `${this.name}${series} ${value}`;
  }
}

export interface Observations {
  /** Not added up: one bucket holds what is above the end of the one before. */
  readonly buckets: number[];
  readonly labels: Labels;
  sum: number;
}

/** How often a value fell below each of some ends. */
export class Histogram implements Metric {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly #ends: readonly number[];
  readonly #values = new Map<string, Observations>();

  /** `ends`: upper ends of the buckets, ascending. */
  constructor(name: string, help: string, ends: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#ends = ends;
  }

  observe(value: number, labels: Labels): void {
    this.observeIn(this.series(labels), value);
  }

  /** What is counted of a series, for `observeIn`. */
  series(labels: Labels): Observations {
    const series = bounded(this.#values, labels);
    const known = this.#values.get(series);
    if (known !== undefined) return known;
    const made = { buckets: Array.from({ length: this.#ends.length + 1 }, () => 0), labels, sum: 0 };
    this.#values.set(series, made);
    return made;
  }

  observeIn(seen: Observations, value: number): void {
    const index = this.#ends.findIndex((end) => value <= end);
    seen.buckets[index < 0 ? this.#ends.length : index]++;
    seen.sum += value;
  }

  *samples(): Generator<string> {
    for (const [series, { buckets, labels, sum }] of this.#values) {
      let count = 0;
      for (const [i, inBucket] of buckets.entries()) {
        count += inBucket;
        yield `${this.name}_bucket${seriesOf({ ...labels, le: String(this.#ends[i] ?? '+Inf') })} ${count}`;
      }
      yield `${this.name}_sum${series} ${sum}`;
      yield `${this.name}_count${series} ${count}`;
    }
  }
}

/** A fact, told by labels. */
export class Info implements Metric {
  readonly name: string;
  readonly help: string;
  readonly type = 'gauge';
  #labels: Labels | null = null;

  constructor(name: string, help: string) {
    this.name = name;
    this.help = help;
  }

  set(labels: Labels): void {
    this.#labels = labels;
  }

  *samples(): Generator<string> {
    if (this.#labels !== null) yield `${this.name}${seriesOf(this.#labels)} 1`;
  }
}

/** The text of some metrics. */
export function exposition(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap((one) => [
    `# HELP ${one.name} ${one.help}`,
    `# TYPE ${one.name} ${one.type}`,
    ...one.samples(),
  ]);
  return `${lines.join('\n')}\n`;
}

/** One text of several processes: counts are added up, facts stand once. Every text must come from the same release. */
export function mergeExpositions(texts: readonly string[]): string {
  const sums = new Map<string, number | null>();
  for (const line of texts.join('').split('\n')) {
    const at = line.lastIndexOf(' ');
    if (line === '') continue;
    const [series, value] = line.startsWith('#') ? [line, null] : [line.slice(0, at), Number(line.slice(at + 1))];
    const before = sums.get(series);
    sums.set(series, value === null || /^\w+_info\{/.test(series) ? value : (before ?? 0) + value);
  }
  return grouped(sums);
}

/** Series stand under the head of their metric, also those that only a later text had. */
function grouped(sums: ReadonlyMap<string, number | null>): string {
  const heads = [...sums.keys()].filter((line) => line.startsWith('# HELP '));
  const lines = heads.flatMap((help) => {
    const name = help.split(' ')[2];
    const type = [...sums.keys()].find((line) => line.startsWith(`# TYPE ${name} `)) ?? '';
    const own = [...sums].filter(([line]) => metricOf(line, heads) === name);
    return [help, type, ...own.map(([series, value]) => `${series} ${value}`)];
  });
  return `${lines.join('\n')}\n`;
}

function metricOf(series: string, heads: readonly string[]): string | null {
  if (series.startsWith('#')) return null;
  const name = series.split('{', 1)[0];
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  return heads.some((head) => head.startsWith(`# HELP ${name} `)) ? name : base;
}

function bounded(known: ReadonlyMap<string, unknown>, labels: Labels): string {
  const series = seriesOf(labels);
  if (known.has(series) || known.size < MOST_SERIES) return series;
  return seriesOf(Object.fromEntries(Object.keys(labels).map((name) => [name, 'other'])));
}

function seriesOf(labels: Labels): string {
  const entries = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return entries.length === 0 ? '' : `{${entries.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
