import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removalsOf, restore } from '../../../src/audit/patch.ts';
import { loadBaseSieve } from '../../../src/node/base-sieve.ts';
import { auditFix } from '../../../src/node/commands/audit-fix.ts';
import { auditCommand } from '../../../src/node/commands/audit.ts';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const HONEST = '会议强调，要加强值守，确保安全。';
const sieve = await loadBaseSieve();
let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-fix-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('linesieve audit fix', () => {
  it('says, writes and takes back; what it leaves alone it names', async () => {
    const page = `\ufeff<p>${HONEST}</p>\r\n<div>${SPAM}</div>\r\n<p>${HONEST}</p>`;
    writeFileSync(at('a.html'), page);
    writeFileSync(at('b.txt'), `${HONEST}\n${SPAM}`);
    const flags = { threads: '1', progress: 'none' as const };
    await auditCommand([at('*.*')], { ...flags, out: at('out') });
    writeFileSync(at('b.txt'), `${HONEST}\n${SPAM}\nchanged`);
    expect(await auditFix(at('out'), {}, sieve)).toBe(1);
    expect(readFileSync(at('a.html'), 'utf8')).toBe(page);
    expect(existsSync(at('out', 'patch.ndjson'))).toBe(false);

    expect(await auditFix(at('out'), { write: true }, sieve)).toBe(1);
    const fixed = readFileSync(at('a.html'), 'utf8');
    expect(fixed).not.toContain('国产');
    expect(fixed.startsWith(`\ufeff<p>${HONEST}</p>\r\n`) && fixed.endsWith(`\r\n<p>${HONEST}</p>`)).toBe(true);
    expect(readFileSync(at('b.txt'), 'utf8')).toContain('changed');
    expect(await auditCommand([at('a.html')], { ...flags, out: at('again') })).toBe(0);
    await expect(auditFix(at('out'), { write: true }, sieve)).rejects.toThrow('already');

    expect(await auditFix(at('out'), { undo: true }, sieve)).toBe(0);
    expect(readFileSync(at('a.html'), 'utf8')).toBe(page);
  });
});

describe('a patch', () => {
  it.each([
    ['abcabc', 'abc'],
    ['xxabxx', 'ab'],
    ['same', 'same'],
    ['all gone', ''],
    ['aXbYc', 'abc'],
  ])('of %j to %j puts back what it took', (before, after) => {
    expect(restore(after, removalsOf(before, after))).toBe(before);
  });

  it('refuses a text that is no part of the other', () => {
    expect(() => removalsOf('abc', 'ad')).toThrow(RangeError);
  });
});
