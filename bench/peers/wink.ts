import { createRequire } from 'node:module';
import { ngrams } from './ngrams.ts';
import type { Peer } from './peer.ts';

/** The package has no types. */
const createClassifier = createRequire(import.meta.url)('wink-naive-bayes-text-classifier') as () => WinkClassifier;

interface WinkClassifier {
  defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): boolean;
  definePrepTasks(tasks: readonly ((text: string) => string[])[]): number;
  learn(text: string, label: string): boolean;
  consolidate(): boolean;
  /** Base-2 logarithms of the odds, best first; `unknown` where no token was ever seen. */
  computeOdds(text: string): (readonly [label: string, odds: number])[];
  exportJSON(): string;
}

/** The n-grams that linesieve looks at. */
export const wink: Peer = {
  name: 'wink-naive-bayes-text-classifier 2.2.1, 1–3-grams',
  spans: 'no',
  train: (lines) => {
    const classifier = createClassifier();
    classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 1 });
    classifier.definePrepTasks([(text) => ngrams(text, 1, 3)]);
    for (const { text, label } of lines) classifier.learn(text, label);
    classifier.consolidate();
    const score = (text: string): number =>
      classifier.computeOdds(text).find(([label]) => label === 'spam')?.[1] ?? -Infinity;
    return Promise.resolve({
      bytes: Buffer.byteLength(classifier.exportJSON()),
      score: (texts) => texts.map(score),
      close: () => {},
    });
  },
};
