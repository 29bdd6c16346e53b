import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadBaseSieve } from '../../../src/node/base-sieve.ts';
import { evaluate } from '../../../src/node/commands/eval.ts';

const folder = mkdtempSync(join(tmpdir(), 'eval-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = { language: 'en', kind: 'list', source: 'test' };
const honest = { ...row, id: 'h', text: 'a sentence about <b>bread</b>', label: 'legit', category: '' };
const spam = { ...row, id: 's', text: 'zqxw <script>alert(1)</script>', label: 'spam', category: 'adult' };

describe('linesieve eval', () => {
  it('writes one page that escapes the lines and asks nothing of other hosts', async () => {
    writeFileSync(join(folder, 'rows.jsonl'), [honest, spam].map((line) => JSON.stringify(line)).join('\n'));
    const out = join(folder, 'report.html');
    expect(await evaluate({ data: folder, format: 'html', out }, await loadBaseSieve())).toBe(0);
    const page = readFileSync(out, 'utf8');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|(?:src|href)="http|url\(/);
    expect(page.match(/<svg/g)).toHaveLength(3);
  });

  it('names the label that is missing', async () => {
    writeFileSync(join(folder, 'rows.jsonl'), JSON.stringify(honest));
    await expect(evaluate({ data: folder, format: 'json' }, await loadBaseSieve())).rejects.toThrow('no spam rows');
  });
});
