import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel, KERNEL_FILE, KERNEL_SCRIPT, kernelScript } from '../../scripts/generate-kernel.ts';
import { decodeModel } from '../../src/bayes/codec.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { readRows } from '../../src/node/training-data.ts';
import { CompiledRules } from '../../src/rules/compile.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { foldString } from '../../src/text/fold.ts';
import { EvidenceTable } from '../../src/verdict/evidence.ts';
import { KernelMemory } from '../../src/verdict/kernel-memory.ts';
import { kernelModule, KernelReader, layOut } from '../../src/verdict/kernel.ts';
import { rawUnitTable } from '../../src/verdict/raw-units.ts';
import type { LineReader } from '../../src/verdict/line-reader.ts';
import { ScriptReader } from '../../src/verdict/script-reader.ts';

const { weights } = await decodeModel(readFileSync(join(BASE_MODEL_FOLDER, 'model.bin')));
const rules = CompiledRules.of(builtinRules, foldString);
const table = new EvidenceTable(weights, rules.starts.ngrams);
const module = kernelModule();
if (module === null) throw new Error('this runtime compiles no WebAssembly');
const kernel = new KernelReader(module, table, rules);
const script = new ScriptReader(table, rules);

function read(reader: LineReader, line: string, before: string) {
  const text = `${before}${line}。`;
  const found = reader.read(text, before.length, before.length + line.length);
  if (found === null) return null;
  const { total, length, units, starts, startCount } = found;
  return { total, units: [...units.subarray(0, length)], starts: [...starts.subarray(0, startCount)] };
}

describe('the kernel', () => {
  it('is what its script compiles from its source', async () => {
    const bytes = await compileKernel();
    expect(Buffer.compare(bytes, readFileSync(KERNEL_FILE))).toBe(0);
    expect(kernelScript(bytes)).toBe(readFileSync(KERNEL_SCRIPT, 'utf8'));
  });

  it('lays its table out as the script does', () => {
    const memory = new KernelMemory(module);
    layOut(memory, table);
    expect(
      Buffer.compare(new Uint8Array(memory.table.slice().buffer), new Uint8Array(rawUnitTable(table.singles).buffer)),
    ).toBe(0);
  });

  it('reads every written row as the script does', () => {
    const rows = ['spam', 'legit', 'heldout'].flatMap((folder) =>
      readRows(join(PACKAGE_FOLDER, 'training-data', folder)),
    );
    const apart = rows.filter(
      ({ text }) => JSON.stringify(read(kernel, text, '')) !== JSON.stringify(read(script, text, '')),
    );
    expect(apart).toEqual([]);
    expect(rows.filter(({ text }) => read(kernel, text, '') !== null).length).toBeGreaterThan(500);
  });

  it('reads any line as the script does, whatever stood before', () => {
    const unit = fc.oneof(
      fc.constantFrom(...' ,.。、-_…?!&()（）;:ab eéöIZ09٣久品会议在北京举行ㅋ한ไทя曰ﬁ①\u0301\u200b😀\ud800'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      fc.stringMatching(/^[a-z]{1,18}$/),
      fc.constantFrom('library', 'casino bonus', '会议强调', '&#20037;', 'c a s h', '久 久 精 品', '强(qiáng)'),
    );
    const line = fc.array(unit, { maxLength: 40 }).map((units) => units.join(''));
    fc.assert(
      fc.property(line, fc.constantFrom('', '会议', 'The '), (text, before) => {
        expect(read(kernel, text, before)).toEqual(read(script, text, before));
      }),
      { numRuns: 5000 },
    );
  });

  it('gives its memory to who reads, and reads on as before when it comes back', () => {
    const silent = new EvidenceTable(new Int8Array(weights.length), rules.starts.ngrams);
    const others = Array.from({ length: 12 }, () => new KernelReader(module, silent, rules));
    const line = 'The library committee meets on Monday and will look at the new opening hours';
    const mixed = '会议在北京举行，图书馆的新开放时间也将讨论，欢迎大家参加。';
    for (const other of others) {
      for (const text of [line, mixed]) {
        expect(read(other, text, '')).toEqual(read(new ScriptReader(silent, rules), text, ''));
        expect(read(kernel, text, '')).toEqual(read(script, text, ''));
      }
    }
    for (const other of others) read(other, line, '');
    expect(read(kernel, line, '')).toEqual(read(script, line, ''));
  });

  it('leaves a line to full scoring that is longer than its memory', () => {
    const [fits, longer] = [65_536, 65_537].map((length) => '会议在北京举行，'.repeat(8193).slice(0, length));
    expect([read(kernel, fits, '') === null, read(kernel, longer, '')]).toEqual([false, null]);
  });
});
