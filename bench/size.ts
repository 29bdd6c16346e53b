import type { Sieve } from '../src/sieve.ts';
import { seconds } from './ratio.ts';
import { honestLines } from './texts.ts';

const MEGABYTES = [1, 10, 100];
const LIST = '国产精品一区_久久午夜无码_亚洲成人网站_';

/** Shapes that could make a filter slow; each is repeated to the wanted length. */
const SHAPES: Readonly<Record<string, string>> = {
  ordinary: '',
  'one line': '会议在北京举行，代表们讨论了三项议案',
  'all separators': '_,-|、 ·/',
  'alternating scripts': '久a九b亚c洲d',
  'nothing but 久': '久',
  'one spam list': LIST,
  'spread out': '久 久 精 品 。',
  references: '&#20037;&amp;',
};

/**
 * Seconds per million UTF-16 units at each size, and how much a unit costs more at the largest size than at the smallest:
 * about 1 where time is linear. "MB" are millions of units of Latin-1 or two-byte strings.
 */
export function benchSizes(sieve: Sieve): Record<string, { perMillion: number[]; growth: number }> {
  const results: Record<string, { perMillion: number[]; growth: number }> = {};
  for (const [name, shape] of Object.entries(SHAPES)) {
    const perMillion = MEGABYTES.map((size) => measure(sieve, shape, size * 1_000_000) / size);
    results[name] = { perMillion, growth: perMillion[perMillion.length - 1] / Math.min(...perMillion.slice(0, 2)) };
  }
  return results;
}

function measure(sieve: Sieve, shape: string, units: number): number {
  const text = shape === '' ? ordinary(units) : shape.repeat(Math.ceil(units / shape.length));
  return seconds(() => sieve.check({ text, id: '' }));
}

function ordinary(units: number): string {
  const page = honestLines('chinese', Math.min(units, 1_000_000)).join('\n');
  return `${page}\n`.repeat(Math.ceil(units / page.length));
}
