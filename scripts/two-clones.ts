/**
 * Builds the base model, and a model of 40 labels, in two fresh clones of this checkout: `npm run -s two-clones`. Prints the SHA-256 of every
 * file, and exits with 1 where the clones differ, or where the base is not the one of the repository. Only what is committed is cloned.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { campaignLines, readCampaigns } from './campaigns.ts';

const folder = mkdtempSync(join(tmpdir(), 'linesieve-clones-'));
const samples = join(folder, 'samples.ndjson');
const rows = readCampaigns().flatMap((campaign) => campaignLines(campaign, 5, 11));
writeFileSync(samples, rows.map((text) => JSON.stringify({ text, label: 'spam', author: 'desk' })).join('\n'));

try {
  const [first, second] = ['first', 'second'].map(digestsOf);
  const base = digestsIn(BASE_MODEL_FOLDER);
  const isSame =
    JSON.stringify(first) === JSON.stringify(second) && JSON.stringify(first.base) === JSON.stringify(base);
  console.log(JSON.stringify({ isSame, first, second }, null, 2));
  process.exitCode = isSame ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function digestsOf(name: string): { base: Record<string, string>; samples: Record<string, string> } {
  const clone = join(folder, name);
  execFileSync('git', ['clone', '--quiet', PACKAGE_FOLDER, clone]);
  symlinkSync(join(PACKAGE_FOLDER, 'node_modules'), join(clone, 'node_modules'));
  const train = (out: string, ...args: string[]): Record<string, string> => {
    const bin = join(clone, 'src/node/bin.ts');
    execFileSync(process.execPath, [bin, 'train', '--out', join(folder, name + out), ...args], { cwd: clone });
    return digestsIn(join(folder, name + out));
  };
  return { base: train('-base'), samples: train('-samples', '--samples', samples, '--gate') };
}

function digestsIn(path: string): Record<string, string> {
  const digest = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(path, file)))
      .digest('hex');
  return Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((file) => [file, digest(file)]),
  );
}
