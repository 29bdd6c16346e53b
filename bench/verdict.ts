import type { Sieve } from '../src/sieve.ts';
import { timesFaster } from './ratio.ts';
import { articleLines, documentsOf, honestLines } from './texts.ts';

/** Verdict throughput as a share of touching every character once, and of what the platform does with the same text. */
export function benchVerdict(sieve: Sieve) {
  const chinese = prepare(articleLines('chinese', UNITS));
  const latin = prepare(articleLines('latin', UNITS));
  const plain = ({ text }: Page): unknown => sieve.check({ text, id: '' });
  const full = ({ text }: Page): unknown => sieve.check({ text, id: '' }, { lines: true, explain: true });
  return {
    verdictOverTouch: timesFaster(chinese, plain, touch),
    verdictWithReasonsOverTouch: timesFaster(chinese, full, touch),
    latinOverTouch: timesFaster(latin, plain, touch),
    latinWithReasonsOverTouch: timesFaster(latin, full, touch),
    denseOverTouch: timesFaster(prepare(honestLines('chinese', UNITS)), plain, touch),
    denseLatinOverTouch: timesFaster(prepare(honestLines('latin', UNITS)), plain, touch),
    verdictOverTextDecoder: timesFaster(chinese, plain, decodeAll),
    verdictOverNfkc: timesFaster(chinese, plain, normaliseAll),
  };
}

/**
 * Articles are put together from eighty-odd sentences in ever new order, English ones with a made-up name in most: one word in twenty comes up
 * for the first time, so that what is remembered of words helps no more than in news.
 */
const UNITS = 200_000;

/** A document of some fifty lines. */
interface Page {
  readonly text: string;
  readonly lines: readonly string[];
  readonly bytes: readonly Uint8Array[];
}

function prepare(lines: readonly string[]): Page[] {
  const encoder = new TextEncoder();
  return documentsOf(lines).map((text) => {
    const own = text.split('\n');
    return { text, lines: own, bytes: own.map((line) => encoder.encode(line)) };
  });
}

/** The yardstick: a sum over all UTF-16 units. */
function touch({ lines }: Page): number {
  let sum = 0;
  for (const line of lines) {
    const { length } = line;
    for (let i = 0; i < length; i++) sum = (sum + line.charCodeAt(i)) | 0;
  }
  return sum;
}

function decodeAll({ bytes }: Page): number {
  const decoder = new TextDecoder();
  let length = 0;
  for (const line of bytes) length += decoder.decode(line).length;
  return length;
}

function normaliseAll({ lines }: Page): number {
  let length = 0;
  for (const line of lines) length += line.normalize('NFKC').length;
  return length;
}
