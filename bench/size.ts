import type { Sieve } from '../src/sieve.ts';
import { honestLines } from './texts.ts';

/** With `--full` also 100: some minutes more. */
const FULL = process.argv.includes('--full');
const MILLIONS = FULL ? [1, 10, 100] : [1, 4, 16];
const LIST = '国产精品一区_久久午夜无码_亚洲成人网站_';

/** Shapes that could make a filter slow; each is repeated to the wanted length. */
const SHAPES: Readonly<Record<string, string>> = {
  ordinary: '',
  'one line': '会议在北京举行，代表们讨论了三项议案',
  'all separators': '_,-|、 ·/',
  'alternating scripts': '久a九b亚c洲d',
  'nothing but 久': '久',
};
/** Shapes in which every line is suspicious: slower by an order, so measured at two sizes, with `--full` at all. */
const SUSPICIOUS: Readonly<Record<string, string>> = {
  'one spam list': LIST,
  'spread out': '久 久 精 品 。',
  references: '&#20037;&amp;',
};

/** Seconds of the thread's own CPU time per million UTF-16 units at each size, and what a unit costs at the largest size over the smallest but one. */
export interface Growth {
  readonly secondsPerMillion: readonly number[];
  /** About 1 where time is linear. */
  readonly growth: number;
}

export function benchSizes(sieve: Sieve): Record<string, Growth> {
  const results: Record<string, Growth> = {};
  for (const [name, shape] of Object.entries(SHAPES)) results[name] = grow(sieve, shape, MILLIONS);
  for (const [name, shape] of Object.entries(SUSPICIOUS))
    results[name] = grow(sieve, shape, FULL ? MILLIONS : MILLIONS.slice(0, 2));
  return results;
}

function grow(sieve: Sieve, shape: string, sizes: readonly number[]): Growth {
  measure(sieve, shape, 100_000);
  const secondsPerMillion = sizes.map((size) => measure(sieve, shape, size * 1_000_000) / size);
  const [last, before] = [secondsPerMillion.at(-1) ?? 0, secondsPerMillion.at(-2) ?? 1];
  return { secondsPerMillion, growth: last / before };
}

function measure(sieve: Sieve, shape: string, units: number): number {
  const text = shape === '' ? ordinary(units) : shape.repeat(Math.ceil(units / shape.length));
  const before = process.threadCpuUsage();
  sieve.check({ text, id: '' });
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}

function ordinary(units: number): string {
  const page = honestLines('chinese', Math.min(units, 1_000_000)).join('\n');
  return `${page}\n`.repeat(Math.ceil(units / page.length));
}
