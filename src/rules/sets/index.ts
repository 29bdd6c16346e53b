import type { RuleSet } from '../rule.ts';
import { adultChain } from './adult-chain.ts';
import { adultCore } from './adult-core.ts';
import { allow } from './allow.ts';
import { calls } from './calls.ts';
import { contact } from './contact.ts';
import { gambling } from './gambling.ts';
import { links } from './links.ts';
import { numbers } from './numbers.ts';
import { other } from './other.ts';
import { residue } from './residue.ts';
import { testLine } from './test-line.ts';

/** Every rule and allow-term that comes with the engine. */
export const builtinRules: RuleSet = {
  rules: [
    ...adultCore,
    ...adultChain,
    ...numbers,
    ...calls,
    ...gambling,
    ...contact,
    ...links,
    ...residue,
    ...other,
    ...testLine,
  ],
  allow,
};
