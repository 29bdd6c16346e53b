import type { Sieve } from '../src/sieve.ts';
import { timesFaster } from './ratio.ts';
import { articleLines, documentsOf, honestLines } from './texts.ts';

/** Verdict throughput as a share of touching every character once, and of what the platform does with the same text. */
export function benchVerdict(sieve: Sieve) {
  const chinese = prepare(articleLines('chinese', UNITS));
  const latin = prepare(articleLines('latin', UNITS));
  const dense = prepare(honestLines('chinese', UNITS));
  const denseLatin = prepare(honestLines('latin', UNITS));
  const plain = (documents: readonly string[]) => () => checkAll(sieve, documents, {});
  const full = (documents: readonly string[]) => () => checkAll(sieve, documents, { lines: true, explain: true });
  return {
    verdictOverTouch: timesFaster(plain(chinese.documents), () => touch(chinese.lines)),
    verdictWithReasonsOverTouch: timesFaster(full(chinese.documents), () => touch(chinese.lines)),
    latinOverTouch: timesFaster(plain(latin.documents), () => touch(latin.lines)),
    latinWithReasonsOverTouch: timesFaster(full(latin.documents), () => touch(latin.lines)),
    denseOverTouch: timesFaster(plain(dense.documents), () => touch(dense.lines)),
    denseLatinOverTouch: timesFaster(plain(denseLatin.documents), () => touch(denseLatin.lines)),
    verdictOverTextDecoder: timesFaster(plain(chinese.documents), () => decodeAll(chinese.bytes)),
    verdictOverNfkc: timesFaster(plain(chinese.documents), () => normaliseAll(chinese.lines)),
  };
}

const UNITS = 1_000_000;

function prepare(lines: readonly string[]) {
  const encoder = new TextEncoder();
  return { lines, documents: documentsOf(lines), bytes: lines.map((line) => encoder.encode(line)) };
}

function checkAll(sieve: Sieve, documents: readonly string[], options: object): number {
  let spans = 0;
  for (const text of documents) spans += sieve.check({ text, id: '' }, options).spans.length;
  return spans;
}

/** The yardstick: a sum over all UTF-16 units. */
export function touch(lines: readonly string[]): number {
  let sum = 0;
  for (const line of lines) {
    const { length } = line;
    for (let i = 0; i < length; i++) sum = (sum + line.charCodeAt(i)) | 0;
  }
  return sum;
}

function decodeAll(bytes: readonly Uint8Array[]): number {
  const decoder = new TextDecoder();
  let length = 0;
  for (const line of bytes) length += decoder.decode(line).length;
  return length;
}

function normaliseAll(lines: readonly string[]): number {
  let length = 0;
  for (const line of lines) length += line.normalize('NFKC').length;
  return length;
}
