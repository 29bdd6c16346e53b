import AhoCorasick from 'modern-ahocorasick';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { foldString } from '../../src/text/fold.ts';
import type { Peer } from './peer.ts';

/** The terms of linesieve's rules, each with the weight of its rule: what a word list with weights would do. It learns nothing. */
export const automaton: Peer = {
  name: 'modern-ahocorasick 3.3.0, the terms of our rules',
  spans: 'terms only',
  learned: 'nothing',
  train: () => {
    const weights = new Map<string, number>();
    for (const { literals, weight } of builtinRules.rules) {
      for (const literal of literals ?? []) weights.set(foldString(literal), weight);
    }
    const terms = [...weights.keys()];
    const matcher = new AhoCorasick(terms);
    const score = (text: string): number =>
      matcher
        .countByPattern(foldString(text))
        .reduce((sum, count, i) => (count > 0 ? sum + count * (weights.get(terms[i]) ?? 0) : sum), 0);
    return Promise.resolve({
      bytes: Buffer.byteLength(terms.join('\n')),
      score: (texts) => texts.map(score),
      close: () => {},
    });
  },
};
