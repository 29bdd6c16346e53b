import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { RuleSet } from '../rules/rule.ts';
import { UserFailure } from './failure.ts';

const text = z.string('must be a text');
const texts = z.array(text, 'must be a list of texts');
const row = { id: text, literals: texts, hits: texts, misses: texts };

/** What the linter needs to be able to read rows; what is wrong in them it says itself. */
const rule = z.looseObject({
  ...row,
  weight: z.number('must be a number'),
  literals: texts.optional(),
  pattern: text.optional(),
  needs: texts.optional(),
});
const WHOLE = 'give {"rules": [], "allow": []}, or one of the two';
const schema = z
  .strictObject(
    {
      rules: z.array(rule, 'must be a list').optional(),
      allow: z.array(z.looseObject(row), 'must be a list').optional(),
    },
    WHOLE,
  )
  .refine(({ rules, allow }) => rules !== undefined || allow !== undefined, WHOLE);

/** A JSON file `{"rules": [], "allow": []}`, one of which may be left out. Throws a `UserFailure` for anything else. */
export function readRuleSet(path: string): RuleSet {
  const value = readJson(path);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UserFailure(`${path}: no rule set: ${complaint(parsed.error.issues[0])}`);
  return { rules: [], allow: [], ...(value as Partial<RuleSet>) };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserFailure(`${path}: no rule set: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function complaint({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? WHOLE : `${z.core.toDotPath(path)} ${message}`;
}
