import { isWordUnit, unitClass, UNIT_UNSPACED } from '../text/unit.ts';
import { CompiledRules } from './compile.ts';
import { RuleHits } from './hits.ts';
import { parsePattern, PatternError } from './pattern.ts';
import type { AllowTerm, Rule, RuleSet } from './rule.ts';

type Fold = (text: string) => string;

/** What is wrong with a rule or an allow-term. A set with an `error` must not be used; a `warning` is for a person to judge. */
export interface LintFinding {
  /** Id of the rule or allow-term, as written. */
  readonly rule: string;
  readonly problem: string;
  readonly remedy: string;
  readonly level: 'error' | 'warning';
}

/** One Han character alone is in every text, and the engine notices a literal by its first two units. */
const FEWEST_UNITS = 2;
/** Twice the weight that decides by itself; more would only make a mistake harder to outweigh. */
export const MOST_WEIGHT = 12;
/** The test line decides whatever stands beside it. */
const TEST_WEIGHT = 100;
const RULE_ID = /^[a-z][a-z0-9]*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;
const ALLOW_ID = /^allow\.[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Everything that is wrong with a set, in the order of its rows; empty for a set that may be used. */
export function lintRules(set: RuleSet, fold: Fold): LintFinding[] {
  const shape = [
    ...set.rules.flatMap((rule) => ruleShape(rule, fold)),
    ...set.allow.flatMap((term) => allowShape(term, fold)),
    ...repeatedIds(set),
  ];
  const usable = withoutFaulty(set, shape);
  return [...shape, ...repeatedLiterals(set, fold), ...wrongExamples(usable, fold)];
}

function ruleShape(rule: Rule, fold: Fold): LintFinding[] {
  const report = reporter(rule.id);
  const most = rule.group === 'test' ? TEST_WEIGHT : MOST_WEIGHT;
  const { literals, pattern, needs } = rule;
  return [
    ...report(!RULE_ID.test(rule.id), 'the id has the wrong shape', 'write it as group.some-name in lower case ASCII'),
    ...report(rule.id.startsWith('allow.'), 'the id is that of an allow-term', 'begin it with another word'),
    ...report(
      !(rule.weight > 0 && rule.weight <= most),
      `weight ${rule.weight} is out of range`,
      `use a log-odds above 0 and at most ${most}`,
    ),
    ...report(
      (literals === undefined) === (pattern === undefined),
      'a rule has either literals or a pattern',
      literals === undefined ? 'add one of them' : 'make two rules of it',
    ),
    ...report(
      pattern !== undefined && (needs ?? []).length === 0,
      'a pattern without needs',
      'list literals of its match',
    ),
    ...report(pattern === undefined && needs !== undefined, 'needs without a pattern', 'move them to literals'),
    ...exampleShape(rule),
    ...(literals === undefined ? [] : literalShape(rule.id, 'literals', literals, fold)),
    ...(needs === undefined ? [] : literalShape(rule.id, 'needs', needs, fold)),
    ...(pattern === undefined ? [] : patternShape(rule.id, pattern, fold)),
  ];
}

function allowShape(term: AllowTerm, fold: Fold): LintFinding[] {
  const report = reporter(term.id);
  return [
    ...report(!ALLOW_ID.test(term.id), 'the id has the wrong shape', 'write it as allow.some-name in lower case ASCII'),
    ...exampleShape(term),
    ...literalShape(term.id, 'literals', term.literals, fold),
  ];
}

function exampleShape({ id, hits, misses }: Rule | AllowTerm): LintFinding[] {
  const report = reporter(id);
  return [
    ...report(hits.length === 0, 'no hits example', 'add a text in which it must hit'),
    ...report(misses.length === 0, 'no misses example', 'add an honest text in which it must not hit'),
  ];
}

function literalShape(id: string, list: string, literals: readonly string[], fold: Fold): LintFinding[] {
  const report = reporter(id);
  const findings = report(literals.length === 0, `${list} is empty`, 'add a literal');
  for (const literal of literals) {
    const problem = literalProblem(fold(literal));
    if (problem !== null) findings.push(...report(true, `"${literal}" ${problem.problem}`, problem.remedy));
  }
  return findings;
}

function literalProblem(folded: string): { problem: string; remedy: string } | null {
  if (folded === '') return { problem: 'folds to the empty text', remedy: 'remove it' };
  const first = folded.charCodeAt(0);
  if (folded.length < FEWEST_UNITS) {
    const what = unitClass[first] === UNIT_UNSPACED ? 'a single character' : 'fewer than two units';
    return { problem: `folds to ${what}`, remedy: 'write the word or phrase that it stands in' };
  }
  if (!isWordUnit(first)) return { problem: 'begins with a mark', remedy: 'begin it with a letter or digit' };
  if (folded.endsWith(' ')) return { problem: 'ends with a blank', remedy: 'remove the blank' };
  return null;
}

function patternShape(id: string, pattern: string, fold: Fold): LintFinding[] {
  const report = reporter(id);
  try {
    const { shortest } = parsePattern(pattern, fold);
    return report(shortest < FEWEST_UNITS, `its shortest match has ${shortest} unit`, 'make one more part required');
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return report(true, error.message, 'see the subset in pattern.ts');
  }
}

function repeatedIds({ rules, allow }: RuleSet): LintFinding[] {
  const seen = new Set<string>();
  const findings: LintFinding[] = [];
  for (const { id } of [...rules, ...allow]) {
    findings.push(...reporter(id)(seen.has(id), 'the id is used twice', 'rename one of the two'));
    seen.add(id);
  }
  return findings;
}

/** The same literal in two rows adds up, or is taken away again: seldom meant. */
function repeatedLiterals({ rules, allow }: RuleSet, fold: Fold): LintFinding[] {
  const owners = new Map<string, string>();
  const findings: LintFinding[] = [];
  for (const { id, literals } of [...rules, ...allow]) {
    for (const literal of literals ?? []) {
      const owner = owners.get(fold(literal));
      owners.set(fold(literal), id);
      if (owner === undefined) continue;
      const problem = `literal "${literal}" is also in ${owner}`;
      findings.push({ rule: id, problem, remedy: 'keep it in one of the two', level: 'warning' });
    }
  }
  return findings;
}

/** Rows without an error: only they can be compiled and tried on their examples. */
function withoutFaulty({ rules, allow }: RuleSet, findings: readonly LintFinding[]): RuleSet {
  const faulty = new Set(findings.map(({ rule }) => rule));
  return { rules: rules.filter(({ id }) => !faulty.has(id)), allow: allow.filter(({ id }) => !faulty.has(id)) };
}

function wrongExamples(set: RuleSet, fold: Fold): LintFinding[] {
  const compiled = CompiledRules.of(set, fold);
  const found = new RuleHits();
  const read = (text: string): RuleHits => findEverything(compiled, fold(text), found);
  const ruleHits = (index: number) => (text: string) =>
    read(text).hits.some((hit) => hit.rule === index && hit.allowedBy < 0);
  const allowHits = (index: number) => (text: string) => read(text).allowed.some(({ term }) => term === index);
  return [
    ...set.rules.flatMap((rule, index) =>
      examples(rule, ruleHits(index), (text) => (matchesWithoutNeeds(rule, fold, text) ? NOT_COVERED : NOT_HIT)),
    ),
    ...set.allow.flatMap((term, index) => examples(term, allowHits(index), () => NOT_HIT)),
  ];
}

type Complaint = readonly [problem: string, remedy: string];
const NOT_HIT: Complaint = ['the hits example %s is not hit', 'correct the example or the row'];
const NOT_COVERED: Complaint = [
  'the hits example %s matches without any of its needs',
  'add what it contains to needs',
];
const WRONG_HIT: Complaint = ['the misses example %s is hit', 'narrow the row, or add an allow-term'];

function examples(
  { id, hits, misses }: Rule | AllowTerm,
  isHit: (text: string) => boolean,
  whyNot: (text: string) => Complaint,
): LintFinding[] {
  const complain = (text: string, [problem, remedy]: Complaint): LintFinding[] =>
    reporter(id)(
      true,
      problem.replace('%s', () => `"${text}"`),
      remedy,
    );
  return [
    ...hits.filter((text) => !isHit(text)).flatMap((text) => complain(text, whyNot(text))),
    ...misses.filter(isHit).flatMap((text) => complain(text, WRONG_HIT)),
  ];
}

function matchesWithoutNeeds({ pattern, needs }: Rule, fold: Fold, text: string): boolean {
  if (pattern === undefined) return false;
  const { regexp } = parsePattern(pattern, fold);
  const folded = fold(text);
  for (let at = 0; at < folded.length; at++) {
    regexp.lastIndex = at;
    const match = regexp.exec(folded)?.[0];
    if (match !== undefined && !needs?.some((need) => match.includes(fold(need)))) return true;
  }
  return false;
}

/** Matches a folded text from every position, without the engine's table of first n-grams. */
export function findEverything(rules: CompiledRules, folded: string, found: RuleHits): RuleHits {
  const units = Uint16Array.from({ length: folded.length }, (_, k) => folded.charCodeAt(k));
  found.clear();
  rules.match(units, units.length, Int32Array.from(units.keys()), units.length, found);
  return found;
}

const reporter =
  (rule: string) =>
  (wrong: boolean, problem: string, remedy: string): LintFinding[] =>
    wrong ? [{ rule, problem, remedy, level: 'error' }] : [];
