/** The library: a sieve, what it takes and what it gives. */
export { createSieve } from './sieve.ts';
export type { CheckInput, CheckOptions, Sieve, SieveOptions } from './sieve.ts';
export { decodeModel, ModelError } from './bayes/codec.ts';
export type { Model } from './bayes/model.ts';
export { parsePolicy, PolicyError } from './verdict/policy.ts';
export type { Policy, Thresholds } from './verdict/policy.ts';
export { builtinRules } from './rules/sets/index.ts';
export type { AllowTerm, Category, Rule, RuleGroup, RuleSet } from './rules/rule.ts';
export type * from './verdict/verdict.ts';
export type { Span } from './text/span.ts';
export { VERSION } from './version.ts';
