import { lintRules } from '../../rules/lint.ts';
import { builtinRules } from '../../rules/sets/index.ts';
import { foldString } from '../../text/fold.ts';
import { EXIT } from '../failure.ts';
import { readRuleSet } from '../rule-set-file.ts';

/** `linesieve rules lint [file]`: the built-in rules, or a JSON file `{"rules": [], "allow": []}`; returns the exit code. Throws a `UserFailure`. */
export function lint(path: string | undefined, json: boolean): number {
  const set = path === undefined ? builtinRules : readRuleSet(path);
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
