/** Compiles the built-in rules into `src/rules/builtin.bin`, which the Worker imports. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../src/sha256.ts';
import { CompiledRules } from '../src/rules/compile.ts';
import { encodeLiterals } from '../src/rules/compiled-codec.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { foldString } from '../src/text/fold.ts';

export const RULES_FILE = fileURLToPath(new URL('../src/rules/builtin.bin', import.meta.url));

/** The bytes of the file for the rules as they are. */
export async function encodeBuiltinRules(): Promise<Uint8Array> {
  const digest = await sha256(new TextEncoder().encode(JSON.stringify(builtinRules)));
  return encodeLiterals({ digest, literals: CompiledRules.of(builtinRules, foldString).layers[0] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(RULES_FILE, await encodeBuiltinRules());
