import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeModel } from '../../src/bayes/codec.ts';
import { fitWeights } from '../../src/bayes/fit.ts';
import { quantise, type Model } from '../../src/bayes/model.ts';
import { BASE_MODEL_FOLDER } from '../../src/node/base-sieve.ts';
import { createSieve } from '../../src/sieve.ts';
import { LineCounter } from '../../src/training/counting.ts';
import { createRandom } from '../../src/training/random.ts';
import { BAYES_SHARE, scaleWeights, type LabelledLine } from '../../src/training/scaling.ts';
import { parsePolicy } from '../../src/verdict/policy.ts';
import { rankOf } from '../../scripts/eval-lines.ts';
import type { Peer, TrainedPeer } from './peer.ts';

const base = await decodeModel(readFileSync(join(BASE_MODEL_FOLDER, 'model.bin')));
const policy = parsePolicy(JSON.parse(readFileSync(join(BASE_MODEL_FOLDER, 'policy.json'), 'utf8')));

/** linesieve trained on the lines that the others get, each line shown once a pass. */
export const linesieve: Peer = {
  name: 'linesieve, the same lines',
  spans: 'yes, exact',
  train: (lines) => trained({ ...base, weights: quantise(weigh(lines)) }),
};

/** The model of the repository, which was trained on more. */
export const shipped: Peer = {
  name: 'linesieve, as shipped',
  spans: 'yes, exact',
  learned: 'its own lines',
  train: () => trained(base),
};

function weigh(lines: readonly LabelledLine[]): Float32Array {
  const counter = new LineCounter();
  for (const { text, label } of lines) counter.add(text, label);
  const weights = fitWeights(counter.counts).map((weight) => weight * BAYES_SHARE);
  scaleWeights(weights, lines, createRandom(1));
  return weights;
}

async function trained(model: Model): Promise<TrainedPeer> {
  const sieve = await createSieve({ model, policy });
  const score = (text: string): number =>
    Math.max(...(sieve.check({ text, id: '' }, { lines: true }).lines ?? []).map(rankOf));
  return { bytes: gzipSync(model.weights).length, score: (lines) => lines.map(score), close: () => {} };
}
