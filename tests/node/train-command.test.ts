import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function train(...args: string[]): { status: number | null; stderr: string } {
  const bin = join(PACKAGE_FOLDER, 'src/node/bin.ts');
  return spawnSync(process.execPath, [bin, 'train', ...args], { encoding: 'utf8' });
}

describe('linesieve train', () => {
  it('writes every file of models/base again, byte for byte', () => {
    const out = folder.path('base');
    expect(train('--out', out).status).toBe(0);
    const names = readdirSync(BASE_MODEL_FOLDER).sort();
    expect(readdirSync(out).sort()).toEqual(names);
    expect(names).toContain('known-terms.bin');
    const differing = names.filter(
      (name) => !readFileSync(join(out, name)).equals(readFileSync(join(BASE_MODEL_FOLDER, name))),
    );
    expect(differing).toEqual([]);
  });

  it('knows no terms without the background, and leaves none of an older model', () => {
    const out = folder.path('bare');
    mkdirSync(out);
    copyFileSync(join(BASE_MODEL_FOLDER, 'known-terms.bin'), join(out, 'known-terms.bin'));
    expect(train('--out', out, '--scaling', 'none', '--no-background').status).toBe(0);
    expect(existsSync(join(out, 'known-terms.bin'))).toBe(false);
  });
});
