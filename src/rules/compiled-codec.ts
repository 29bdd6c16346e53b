import { Automaton } from './automaton.ts';
import { LiteralOwners } from './literal-owners.ts';
import { Trie } from './trie.ts';

/**
 * The literals of a rule set as bytes, so that an isolate need not compile them: 32 bytes of the set's digest, then 16-bit words, little endian as
 * the machines that linesieve runs on, which read them without a loop:
 *
 *     states, slots, literals, owners, longest literal of an allow-term
 *     of each state: parent; unit; depth; literal that ends in it or -1; both links of the automaton
 *     the slots of the trie
 *     of each literal, and behind the last: first owner; of each literal its length
 *     owners (`ownerOf`)
 */
const DIGEST = 32;
/** What is counted must fit into 16 bits. */
const MOST = 0xffff;

/** Literals with the digest of the set that they are from. */
export interface CompiledLiterals {
  readonly digest: Uint8Array;
  readonly literals: LiteralOwners;
}

/** Throws a RangeError for a set that is too large for this form. */
export function encodeLiterals({ digest, literals }: CompiledLiterals): Uint8Array {
  const { firsts, owners, longestAllow } = literals;
  const trie = literals.automaton.trie.compact();
  const { fail, shorter, lengths } = new Automaton(trie).links;
  const { parents, units, depths, ends, slots } = trie;
  const counts = [trie.states, slots.length, trie.literals, owners.length, longestAllow];
  const words = [counts, parents, units, depths, ends, fail, shorter, slots, firsts, lengths, owners].flatMap(
    (part) => [...part],
  );
  const tooLarge = words.find((word) => word > MOST);
  if (tooLarge !== undefined)
    throw new RangeError(`${tooLarge} does not fit into 16 bits; leave a set of ${trie.states} states uncompiled`);
  const bytes = new Uint8Array(DIGEST + 2 * words.length);
  bytes.set(digest);
  const view = new DataView(bytes.buffer, DIGEST);
  for (const [i, word] of words.entries()) view.setInt16(2 * i, word, true);
  return bytes;
}

/** Throws a RangeError for bytes of another length than they promise. `bytes` begin at an even place of their buffer. */
export function decodeLiterals(bytes: Uint8Array): CompiledLiterals {
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset + DIGEST, (bytes.length - DIGEST) >> 1);
  const [states, slots, literals, owners, longestAllow] = words;
  let at = 5;
  const take = (length: number): Uint16Array => words.subarray(at, (at += length));
  const wide = (length: number): Uint32Array => new Uint32Array(take(length));
  const [parents, units, depths] = [wide(states), take(states), take(states)];
  const ends = Int32Array.from(new Int16Array(bytes.buffer, take(states).byteOffset, states));
  const [fail, shorter] = [wide(states), wide(states)];
  const trie = Trie.whole({ parents, units, depths, ends, slots: wide(slots) }, literals);
  const firsts = wide(literals + 1);
  const automaton = new Automaton(trie, { fail, shorter, lengths: take(literals) });
  const found = { firsts, owners: wide(owners), longestAllow };
  if (at !== words.length)
    throw new RangeError(`compiled rules have ${words.length} words where they promise ${at}; run npm run generate`);
  return { digest: bytes.subarray(0, DIGEST), literals: new LiteralOwners(automaton, found) };
}
