import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { RULES_FILE } from '../../scripts/generate-rules.ts';
import { provideBaseRules } from '../../src/node/base-rules.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

it('takes compiled rules only where they are those of the rules as they are', () => {
  const stale = readFileSync(RULES_FILE);
  stale[0] ^= 1;
  writeFileSync(folder.path('stale.bin'), stale);
  expect(provideBaseRules(folder.path('stale.bin'))).toBe(false);
  expect(provideBaseRules(folder.path('none.bin'))).toBe(false);
  expect(provideBaseRules()).toBe(true);
});
