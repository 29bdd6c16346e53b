import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FOLD_TABLE_FILE, foldCharacter, generateFoldTable } from '../../scripts/generate-fold.ts';

describe('the fold table', () => {
  it('is what its script generates from its sources', () => {
    expect(generateFoldTable() === readFileSync(FOLD_TABLE_FILE, 'utf8')).toBe(true);
  });

  it('holds final forms: no target folds on', () => {
    const unsettled = [];
    for (let code = 0; code < 0xd800; code++) {
      const folded = foldCharacter(String.fromCharCode(code));
      if (folded !== [...folded].map(foldCharacter).join('')) unsettled.push(code.toString(16));
    }
    expect(unsettled).toEqual([]);
  });
});
