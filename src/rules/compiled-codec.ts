import { Automaton } from './automaton.ts';
import { LiteralOwners } from './literal-owners.ts';
import { OPENING_WORDS, RuleStarts } from './rule-starts.ts';
import { Trie } from './trie.ts';

/**
 * The literals of a rule set as bytes, so that an isolate need not compile them: 32 bytes of the set's digest, then 16-bit words, little endian as
 * the machines that linesieve runs on, which read most of them without a loop:
 *
 *     states, literals, owners, longest literal of an allow-term, n-grams
 *     of each state: its number less that of its parent; unit; literal that ends in it or -1; both links of the automaton
 *     of each literal: its owners; its length
 *     owners (`ownerOf`)
 *     of each n-gram at whose end a literal is noticed, ascending: its id less that of the one before
 *     openings (`RuleStarts`)
 */
/** Of SHA-256. */
export const DIGEST_BYTES = 32;
const HEADER = 5;
/** What is counted must fit into 16 bits. */
const MOST = 0xffff;

/** Literals with the digest of the set that they are from. */
export interface CompiledLiterals {
  readonly digest: Uint8Array;
  readonly literals: LiteralOwners;
}

/** Throws a RangeError for a set that is too large for this form. */
export function encodeLiterals({ digest, literals }: CompiledLiterals): Uint8Array {
  const { automaton, firsts, owners, longestAllow, starts } = literals;
  const { fail, shorter, lengths } = automaton.links;
  const { states, parents, units, ends } = automaton.trie;
  const words = [states, lengths.length, owners.length, longestAllow, starts.ngrams.length];
  for (let state = 0; state < states; state++) words.push(state - parents[state]);
  for (const part of [units.subarray(0, states), ends.subarray(0, states), fail, shorter])
    for (const word of part) words.push(word);
  for (let n = 0; n < lengths.length; n++) words.push(firsts[n + 1] - firsts[n]);
  for (const part of [lengths, owners]) for (const word of part) words.push(word);
  for (const [n, id] of starts.ngrams.entries()) words.push(n === 0 ? id : id - starts.ngrams[n - 1]);
  for (const word of starts.openings) words.push(word);
  const tooLarge = words.find((word) => word > MOST);
  if (tooLarge !== undefined)
    throw new RangeError(`${tooLarge} does not fit into 16 bits; leave a set of ${states} states uncompiled`);
  const bytes = new Uint8Array(DIGEST_BYTES + 2 * words.length);
  bytes.set(digest);
  const view = new DataView(bytes.buffer, DIGEST_BYTES);
  for (const [i, word] of words.entries()) view.setInt16(2 * i, word, true);
  return bytes;
}

/** Throws a RangeError for bytes of another length than they promise. `bytes` begin at an even place of their buffer. */
export function decodeLiterals(bytes: Uint8Array): CompiledLiterals {
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset + DIGEST_BYTES, (bytes.length - DIGEST_BYTES) >> 1);
  const [states, literals, owners, longestAllow, ngrams] = words;
  let at = HEADER;
  const take = (length: number): Uint16Array => words.subarray(at, (at += length));
  const [steps, units, ends] = [take(states), take(states), take(states)];
  const trie = Trie.of(steps, units, new Int16Array(ends.buffer, ends.byteOffset, ends.length), literals);
  const [fail, shorter] = [new Uint32Array(take(states)), new Uint32Array(take(states))];
  const firsts = new Uint32Array(literals + 1);
  firsts.set(summed(take(literals)), 1);
  const automaton = new Automaton(trie, { fail, shorter, lengths: take(literals) });
  const found = { firsts, owners: new Uint32Array(take(owners)), longestAllow };
  const starts = new RuleStarts(summed(take(ngrams)), take(OPENING_WORDS));
  if (at !== words.length)
    throw new RangeError(`compiled rules have ${words.length} words where they promise ${at}; run npm run generate`);
  return { digest: bytes.subarray(0, DIGEST_BYTES), literals: new LiteralOwners(automaton, found, starts) };
}

/** The sums of the first one, two, three … steps. */
function summed(steps: Uint16Array): Uint32Array {
  const sums = new Uint32Array(steps.length);
  for (let n = 0, sum = 0; n < steps.length; n++) sums[n] = sum += steps[n];
  return sums;
}
