import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BASE_MODEL_FOLDER, loadBaseSieve, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
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

/** The edge bundle with model and rules, minified, gzip. */
export async function benchBundle() {
  const result = await build({
    entryPoints: [join(PACKAGE_FOLDER, 'src', 'worker.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.bin': 'binary', '.wasm': 'binary' },
    external: [],
  });
  const script = result.outputFiles[0].contents;
  const model = readFileSync(join(BASE_MODEL_FOLDER, 'model.bin'));
  // esbuild inlines the model as base64; on Workers it is a module of its own.
  const code = Buffer.from(script)
    .toString()
    .replace(/"[A-Za-z0-9+/=]{100000,}"/, '""');
  return { bundleGzipKb: (gzipSync(code).length + gzipSync(model).length) / 1000 };
}
