import { foldString } from '../text/fold.ts';
import { CompiledRules } from './compile.ts';
import type { RuleSet } from './rule.ts';

const compiled = new WeakMap<RuleSet, CompiledRules>();

/** The compiled form of a rule set, made once for each set: sieves that differ in their model alone share it. */
export function compiledRules(set: RuleSet): CompiledRules {
  let rules = compiled.get(set);
  if (rules === undefined) compiled.set(set, (rules = new CompiledRules(set, foldString)));
  return rules;
}
