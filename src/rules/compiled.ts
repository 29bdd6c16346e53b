import { foldTable } from '../text/fold-table.ts';
import { foldString } from '../text/fold.ts';
import { unitClass, UNIT_OTHER } from '../text/unit.ts';
import { CompiledRules } from './compile.ts';
import { decodeLiterals, type CompiledLiterals } from './compiled-codec.ts';
import { Patterns } from './patterns.ts';
import type { RuleSet } from './rule.ts';
import { builtinRules } from './sets/index.ts';

/** The built-in rules as they were compiled beforehand. */
let provided: CompiledLiterals | null = null;

/**
 * Has the built-in rules taken from these bytes (`encodeLiterals`) instead of compiled, which an isolate would do before its first verdict. Their
 * patterns are then read when they are first tried. Throws a RangeError for bytes that are cut off.
 */
export function provideRules(bytes: Uint8Array): void {
  provided = decodeLiterals(bytes);
}

/** The SHA-256 of a set where it came with what was provided, else `null`. */
export function providedDigest(set: RuleSet): Uint8Array | null {
  return set === builtinRules && provided !== null ? provided.digest : null;
}

const compiled = new WeakMap<RuleSet, CompiledRules>();

/**
 * The compiled form of a rule set, made once for each set: sieves that differ in their model alone share it. A set that begins
 * with the built-in rows, as that of a site does, shares theirs.
 */
export function compiledRules(set: RuleSet): CompiledRules {
  let rules = compiled.get(set);
  if (rules === undefined) compiled.set(set, (rules = compile(set)));
  return rules;
}

function compile(set: RuleSet): CompiledRules {
  if (set === builtinRules && provided !== null)
    return new CompiledRules(set, [provided.literals], new Patterns(set.rules, 0, null, foldedOnce));
  const base = set !== builtinRules && beginsWith(set, builtinRules) ? compiledRules(builtinRules) : null;
  return CompiledRules.of(set, foldedOnce, base);
}

function beginsWith(set: RuleSet, { rules, allow }: RuleSet): boolean {
  return rules.every((row, i) => row === set.rules[i]) && allow.every((row, i) => row === set.allow[i]);
}

/**
 * `foldString`, but for words that are folded already, as four of five literals are: half of what compiling takes. A mark or
 * blank may be part of a spread-out word, which only folding knows.
 */
function foldedOnce(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (foldTable[unit] !== unit || unitClass[unit] === UNIT_OTHER) return foldString(text);
  }
  return text;
}
