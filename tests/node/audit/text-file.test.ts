import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TextFile } from '../../../src/node/audit/text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'linesieve-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a text file', () => {
  it('holds what was written, in order, and counts its bytes', async () => {
    const path = join(folder, 'a.txt');
    const file = new TextFile(path);
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i} 字\n`);
    for (const line of lines) await file.write(line);
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe(lines.join(''));
    expect(file.bytes).toBe(readFileSync(path).length);
  });

  it('says what the file system says', async () => {
    const file = new TextFile(join(folder, 'none', 'a.txt'));
    await file.write('x');
    await expect(file.close()).rejects.toThrow('ENOENT');
  });
});
