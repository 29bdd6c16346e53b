import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/training/random.ts';
import { loadBaseSieve, PACKAGE_FOLDER } from '../../../src/node/base-sieve.ts';

const SPAM = '国产精品一区二区_久久午夜无码_亚洲成人网站_在线观看视频';
const HONEST = 'The council met on Monday and adopted the budget for roads, schools and the library. ';
const ROWS = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'linesieve-run-'));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rowOf = (i: number, more = ''): string =>
  JSON.stringify({
    id: `d${i}`,
    text: `${HONEST.repeat(12)}${more}\n${i % 50 === 7 ? SPAM : `Page ${i} of the minutes.`}`,
  });
const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);
const ids = (out: string): string[] =>
  lines(at(out, 'findings.ndjson')).map((line) => (JSON.parse(line) as { id: string }).id);
const summary = (out: string) => JSON.parse(readFileSync(at(out, 'summary.json'), 'utf8')) as Record<string, unknown>;

function started(out: string, ...more: string[]): ChildProcess {
  const bin = join(PACKAGE_FOLDER, 'src/node/bin.ts');
  const flags = ['--out', at(out), '--progress', 'json', ...more];
  const args = ['--disable-warning=ExperimentalWarning', bin, 'audit', ...flags];
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

async function ended(child: ChildProcess): Promise<Ended> {
  let said = '';
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  return await new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal, said })));
}

beforeAll(async () => {
  writeFileSync(at('rows.ndjson'), `${Array.from({ length: ROWS }, (_, i) => rowOf(i)).join('\n')}\n`);
  expect(await ended(started('whole', at('rows.ndjson')))).toMatchObject({ code: 1 });
});

describe('a run', () => {
  it('says what documents say one by one, with any number of threads', { timeout: 120_000 }, async () => {
    const sieve = await loadBaseSieve();
    const rows = lines(at('rows.ndjson')).map((line) => JSON.parse(line) as { id: string; text: string });
    const flagged = rows.filter(({ text }) => sieve.check({ text }).spans.length > 0).map(({ id }) => id);
    expect(ids('whole')).toEqual(flagged);
    expect(summary('whole')).toMatchObject({ documents: ROWS, flagged: flagged.length, complete: true });
    for (const threads of ['1', '4']) {
      await ended(started(`threads-${threads}`, at('rows.ndjson'), '--threads', threads));
      expect(readFileSync(at(`threads-${threads}`, 'findings.ndjson'), 'utf8')).toBe(
        readFileSync(at('whole', 'findings.ndjson'), 'utf8'),
      );
    }
  });

  it(
    'that is killed ten times at any moment is whole in the end, nothing lost and nothing twice',
    { timeout: 180_000 },
    async () => {
      const random = createRandom(7);
      let kills = 0;
      for (let turn = 0; turn < 40 && kills < 10; turn++) {
        const child = started('killed', at('rows.ndjson'));
        const end = ended(child);
        // From before the first batch to the writing of reports.
        const timer = setTimeout(() => child.kill('SIGKILL'), 300 + Math.floor(900 * random.next()));
        if ((await end).signal === 'SIGKILL') kills++;
        clearTimeout(timer);
        if (kills < 10 && (await end).code !== null) rmSync(at('killed'), { recursive: true });
      }
      expect(kills).toBe(10);
      expect(await ended(started('killed', at('rows.ndjson')))).toMatchObject({ code: 1 });
      for (const name of ['findings.ndjson', 'contents.bin', 'campaigns.json'])
        expect(readFileSync(at('killed', name)).equals(readFileSync(at('whole', name)))).toBe(true);
      const { seconds: _, ...whole } = summary('whole');
      expect(summary('killed')).toMatchObject(whole);
    },
  );

  it('that is interrupted ends in order, and goes on', { timeout: 60_000 }, async () => {
    const child = started('interrupted', at('rows.ndjson'), '--threads', '1');
    child.stderr?.once('data', () => child.kill('SIGINT'));
    expect(await ended(child)).toMatchObject({ code: 130, signal: null });
    const { documents, complete } = summary('interrupted');
    expect(complete).toBe(false);
    expect(documents).toBeGreaterThan(0);
    expect(documents).toBeLessThan(ROWS);
    expect(await ended(started('interrupted', at('rows.ndjson'), '--threads', '1'))).toMatchObject({ code: 1 });
    expect(ids('interrupted')).toEqual(ids('whole'));
  });

  it('tells how far it is and what is left', async () => {
    const { said } = await ended(started('told', at('rows.ndjson'), '--threads', '1'));
    const steps = said.split('\n').filter((line) => line.startsWith('{'));
    const rows = steps.map(
      (line) => JSON.parse(line) as { share: number; secondsLeft: number | null; flagged: number },
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const [i, row] of rows.entries()) expect(row.share).toBeGreaterThanOrEqual(rows[i - 1]?.share ?? 0);
    expect(rows.at(-1)?.share).toBeLessThanOrEqual(1);
    expect(rows.some(({ secondsLeft }) => secondsLeft !== null)).toBe(true);
  });
});

it('a gzip file that is cut short is told, and the run goes on', async () => {
  const zipped = gzipSync(Array.from({ length: 500 }, (_, i) => rowOf(i)).join('\n'));
  writeFileSync(at('cut.ndjson.gz'), zipped.subarray(0, zipped.length - 40));
  writeFileSync(at('more.ndjson.gz'), Buffer.concat([gzipSync(`${rowOf(7)}\n`), gzipSync(rowOf(57))]));
  await ended(started('cut', at('cut.ndjson.gz'), at('more.ndjson.gz')));
  expect(ids('cut').slice(-2)).toEqual(['d7', 'd57']);
  expect(readFileSync(at('cut', 'notices.ndjson'), 'utf8')).toContain('broken-source');
});
