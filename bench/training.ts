import { BUCKETS } from '../src/bayes/features.ts';
import { LineCounter } from '../src/training/counting.ts';
import { createRandom } from '../src/training/random.ts';
import { SCALING, scaleWeights } from '../src/training/scaling.ts';
import { seconds } from './ratio.ts';
import { honestLines } from './texts.ts';

/** Lines counted and scaled a second; a line has some sixty units. */
export function benchTraining() {
  const texts = honestLines('chinese', 6_000_000);
  const counter = new LineCounter();
  const counting = seconds(() => texts.forEach((text) => counter.add(text, 'legit')));
  const lines = texts
    .slice(0, 30_000)
    .map((text, i) => ({ text, label: i % 10 === 0 ? ('spam' as const) : ('legit' as const) }));
  const scaling = seconds(() => scaleWeights(new Float32Array(BUCKETS), lines, createRandom(1)));
  return {
    trainLinesPerSecond: texts.length / counting,
    unitsPerLine: texts.reduce((sum, text) => sum + text.length, 0) / texts.length,
    scaledLinesPerSecond: lines.length / scaling,
    scalingEpochs: SCALING.epochs,
  };
}
