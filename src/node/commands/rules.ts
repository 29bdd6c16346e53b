import { readFileSync } from 'node:fs';
import { lintRules } from '../../rules/lint.ts';
import { builtinRules } from '../../rules/sets/index.ts';
import type { RuleSet } from '../../rules/rule.ts';
import { foldString } from '../../text/fold.ts';
import { EXIT, UserFailure } from '../failure.ts';

/** `linesieve rules lint [file]`: the built-in rules, or a JSON file `{"rules": [], "allow": []}`; returns the exit code. */
export function lint(path: string | undefined, json: boolean): number {
  const set = path === undefined ? builtinRules : readSet(path);
  const findings = lintRules(set, foldString);
  const errors = findings.filter((finding) => finding.level === 'error').length;
  if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else {
    for (const { level, rule, problem, remedy } of findings) {
      process.stdout.write(`${level}: ${rule}: ${problem}; ${remedy}\n`);
    }
    process.stdout.write(`${set.rules.length} rules, ${set.allow.length} allow-terms, ${errors} errors\n`);
  }
  return errors > 0 ? EXIT.findings : EXIT.clean;
}

function readSet(path: string): RuleSet {
  try {
    const set = JSON.parse(readFileSync(path, 'utf8')) as Partial<RuleSet>;
    return { rules: set.rules ?? [], allow: set.allow ?? [] };
  } catch (error) {
    throw new UserFailure(`${path}: no rule set: ${error instanceof Error ? error.message : String(error)}`);
  }
}
