import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DIGEST_BYTES } from '../rules/compiled-codec.ts';
import { provideRules } from '../rules/compiled.ts';
import { builtinRules } from '../rules/sets/index.ts';

const FILE = new URL('../rules/builtin.bin', import.meta.url);

/**
 * Has the built-in rules taken from the file that they were compiled into (`npm run generate`): a tenth of what a command takes to start. Where they have
 * changed since, or there is no file, they are compiled when they are needed. Returns whether they were taken.
 */
export function provideBaseRules(file: URL | string = FILE): boolean {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch {
    return false;
  }
  const digest = createHash('sha256').update(JSON.stringify(builtinRules)).digest();
  if (!digest.equals(bytes.subarray(0, DIGEST_BYTES))) return false;
  provideRules(bytes);
  return true;
}
