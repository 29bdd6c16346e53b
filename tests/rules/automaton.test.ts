import fc from 'fast-check';
import AhoCorasick from 'modern-ahocorasick';
import { describe, expect, it } from 'vitest';
import { Automaton } from '../../src/rules/automaton.ts';

type Found = [literal: number, start: number, end: number];

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/** Scans as the engine does: enters where the first two units of a literal stand, unless a scan has gone past them. */
function scanAtPrefixes(literals: readonly string[], text: string): Found[] {
  const automaton = new Automaton(literals.map(unitsOf));
  const prefixes = new Set(literals.map((literal) => literal.slice(0, 2)));
  const found: Found[] = [];
  let reached = 0;
  for (let at = 0; at < text.length; at++) {
    if (!prefixes.has(text.slice(at, at + 2)) || at < reached - 1) continue;
    reached = automaton.scan(unitsOf(text), at, text.length, (literal, end) => {
      found.push([literal, end - literals[literal].length, end]);
    });
  }
  return inOrder(found);
}

function bruteForce(literals: readonly string[], text: string): Found[] {
  const found: Found[] = [];
  for (const [index, literal] of literals.entries()) {
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
      found.push([index, at, at + literal.length]);
    }
  }
  return inOrder(found);
}

function oracle(literals: readonly string[], text: string): Found[] {
  const matches = new AhoCorasick([...literals]).search(text);
  return inOrder(matches.map(({ patternIndex, start, end }): Found => [patternIndex, start, end]));
}

function inOrder(found: Found[]): Found[] {
  return found.sort((a, b) => a[2] - b[2] || a[1] - b[1]);
}

const literalsOver = (alphabet: readonly string[]) =>
  fc.uniqueArray(fc.string({ unit: fc.constantFrom(...alphabet), minLength: 2, maxLength: 5 }), {
    minLength: 1,
    maxLength: 8,
  });
const textOver = (alphabet: readonly string[]) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 60 });

describe('Automaton', () => {
  it.each([['ab'], ['abc'], ['久精品a']])(
    'finds what indexOf and modern-ahocorasick find, over the letters %s',
    (letters) => {
      const alphabet = [...letters];
      fc.assert(
        fc.property(literalsOver(alphabet), textOver(alphabet), (literals, text) => {
          const expected = bruteForce(literals, text);
          expect(scanAtPrefixes(literals, text)).toEqual(expected);
          expect(oracle(literals, text)).toEqual(expected);
        }),
        { numRuns: 1500 },
      );
    },
  );

  it('reports nested and overlapping literals at one end, longest first', () => {
    const literals = ['区二区', '一区二区', '二区', '区三'];
    const automaton = new Automaton(literals.map(unitsOf));
    const found: [number, number][] = [];
    automaton.scan(unitsOf('一区二区三'), 0, 5, (literal, end) => found.push([literal, end]));
    expect(found).toEqual([
      [1, 4],
      [0, 4],
      [2, 4],
      [3, 5],
    ]);
  });

  it('stops two units in where nothing is under way', () => {
    const automaton = new Automaton([unitsOf('abcd')]);
    const text = unitsOf('xxabcd');
    expect(automaton.scan(text, 0, text.length, () => expect.unreachable())).toBe(2);
    expect(automaton.scan(text, 2, text.length, () => {})).toBe(6);
  });

  it('stops at the given length', () => {
    const automaton = new Automaton([unitsOf('abcd')]);
    expect(automaton.scan(unitsOf('abcd'), 0, 3, () => expect.unreachable())).toBe(3);
  });

  it('reads each unit once, and one again where it is entered anew', () => {
    const literals = ['aaab', 'aab', 'ab', 'aaaaaaaaaac'];
    for (const size of [1000, 2000]) {
      let reads = 0;
      const text = new Proxy(unitsOf('a'.repeat(size)), {
        get(target, key) {
          if (typeof key === 'string') reads++;
          return target[Number(key)];
        },
      });
      const automaton = new Automaton(literals.map(unitsOf));
      expect(automaton.scan(text, 0, size, () => expect.unreachable())).toBe(size);
      expect(reads).toBe(size);
    }
  });

  it('refuses an empty literal and one that is given twice', () => {
    expect(() => new Automaton([unitsOf('')])).toThrow(new RangeError('literal 0 is empty'));
    expect(() => new Automaton(['ab', 'ab'].map(unitsOf))).toThrow(
      new RangeError('literal 1 is the same as literal 0'),
    );
  });
});
