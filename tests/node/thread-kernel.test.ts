import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { leaveKernelToMainThread } from '../../src/node/thread-kernel.ts';
import { kernelModule, provideKernel } from '../../src/verdict/kernel.ts';

const ROOT = new URL('../../src/node/', import.meta.url).pathname;
const entries = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') }))
  // A thread that writes to the store makes no sieve.
  .filter(({ file, source }) => /\b(?:parentPort|workerData)\b.*from/.test(source) && !file.startsWith('sqlite-'));

it('every thread that makes sieves leaves the kernel to the main thread', () => {
  expect(entries.map(({ file }) => file).sort()).toEqual([
    'audit-thread.ts',
    'audit/check-worker.ts',
    'train-worker.ts',
  ]);
  for (const { file, source } of entries) expect(source, file).toContain('leaveKernelToMainThread();');
});

it('makes sieves without it from then on', () => {
  const before = kernelModule();
  expect(before).not.toBeNull();
  leaveKernelToMainThread();
  expect(kernelModule()).toBeNull();
  provideKernel(before);
});
