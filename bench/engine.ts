import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { EDGE_OPTIONS } from '../scripts/edge-bundle.ts';
import { BASE_MODEL_FOLDER, loadBaseSieve } from '../src/node/base-sieve.ts';
import { kernelModule } from '../src/verdict/kernel.ts';
import { PAGES } from '../src/verdict/kernel-memory.ts';
import { decodeModel } from '../src/bayes/codec.ts';
import { median } from './ratio.ts';

/** Milliseconds to decode and verify the model, and to build a sieve from it with all rules. */
export async function benchLoad() {
  const bytes = readFileSync(join(BASE_MODEL_FOLDER, 'model.bin'));
  const [model, sieve]: number[][] = [[], []];
  for (let round = 0; round < 15; round++) {
    let began = performance.now();
    await decodeModel(bytes);
    model.push(performance.now() - began);
    began = performance.now();
    await loadBaseSieve();
    sieve.push(performance.now() - began);
  }
  return { modelLoadMs: median(model), sieveLoadMs: median(sieve) };
}

/** Heap and array buffers that one more sieve keeps, in MB. Needs `--expose-gc` for an exact figure. */
export async function benchMemory() {
  const used = (): number => {
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const sieve = await loadBaseSieve();
  sieve.check({ text: '会议在北京举行。国产精品一区_久久午夜无码_亚洲成人网站' });
  // What a kernel has is counted nowhere.
  const kernel = kernelModule() === null ? 0 : PAGES * 65536;
  const kept = (used() - before + kernel) / 1e6;
  return { engineMemoryMb: kept, modelDigest: sieve.engine.model };
}

/** All modules of the edge bundle, model and rules among them, each gzipped. */
export async function benchBundle() {
  const { outputFiles } = await build({
    ...EDGE_OPTIONS,
    entryPoints: ['src/worker.ts'],
    outdir: 'out',
    write: false,
    logLevel: 'warning',
  });
  return { bundleGzipKb: outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000 };
}
