import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import type { FoldResult } from './cross-fit.ts';

/** Each leaves a fifth of the lines out of training, which costs little recall. */
const FOLDS = 5;

/** Runs `cross-fit.ts` for every fold: `FOLDS` trainings of a minute or two. */
export async function crossFits(...options: readonly string[]): Promise<FoldResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'linesieve-cross-fit-'));
  const limit = pLimit(availableParallelism());
  const results = Array.from({ length: FOLDS }, (_, fold) =>
    limit(async () => {
      const out = join(folder, `${fold}.json`);
      const script = new URL('cross-fit.ts', import.meta.url).pathname;
      await promisify(execFile)(process.execPath, [script, String(fold), String(FOLDS), out, ...options]);
      return JSON.parse(readFileSync(out, 'utf8')) as FoldResult;
    }),
  );
  return Promise.all(results).finally(() => rmSync(folder, { recursive: true }));
}
