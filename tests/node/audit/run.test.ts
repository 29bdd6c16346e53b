import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** On standard error. */
  readonly said: string;
  readonly printed: string;
}

async function ended(child: ChildProcess): Promise<Ended> {
  let [said, printed] = ['', ''];
  child.stdout?.on('data', (chunk) => (printed += String(chunk)));
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  return await new Promise((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, said, printed })),
  );
}

beforeAll(async () => {
  writeFileSync(at('rows.ndjson'), `${Array.from({ length: ROWS }, (_, i) => rowOf(i)).join('\n')}\n`);
  expect(await ended(started('whole', at('rows.ndjson')))).toMatchObject({ code: 1 });
}, 60_000);

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
      const entries = new Set<number>();
      let kills = 0;
      for (let turn = 0; turn < 40 && kills < 10; turn++) {
        const child = started('killed', at('rows.ndjson'));
        const kill = (): boolean => child.kill('SIGKILL');
        // By turns: between the start of the process and the writing of reports, and soon after something was entered.
        const timer = setTimeout(kill, turn % 2 === 0 ? 300 + 900 * random.next() : 30_000);
        if (turn % 2 === 1) child.stderr?.once('data', () => setTimeout(kill, 60 * random.next()));
        const { signal } = await ended(child);
        clearTimeout(timer);
        if (signal === 'SIGKILL') kills++;
        if (existsSync(at('killed', 'journal.ndjson'))) entries.add(lines(at('killed', 'journal.ndjson')).length);
        if (signal === null && kills < 10) rmSync(at('killed'), { recursive: true });
      }
      expect(entries.size).toBeGreaterThan(2);
      expect(kills).toBe(10);
      expect(await ended(started('killed', at('rows.ndjson')))).toMatchObject({ code: 1 });
      for (const name of ['findings.ndjson', 'contents.bin', 'campaigns.json', 'report.csv', 'report.sarif'])
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

describe('--since', () => {
  it('checks what is new or has changed, and keeps what was found in the rest', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => rowOf(i));
    writeFileSync(at('first.ndjson'), rows.join('\n'));
    await ended(started('since-1', at('first.ndjson')));
    expect(ids('since-1')).toEqual(['d7', 'd57', 'd107', 'd157', 'd207', 'd257']);
    const changed = rows.map((row, i) => (i === 57 ? rowOf(58) : i === 60 ? rowOf(7, 'now') : row));
    writeFileSync(at('first.ndjson'), [...changed, rowOf(307)].join('\n'));
    const { code } = await ended(started('since-2', at('first.ndjson'), '--since', at('since-1')));
    expect(code).toBe(1);
    await ended(started('since-all', at('first.ndjson')));
    const byRow = (out: string): string[] => lines(at(out, 'findings.ndjson')).sort();
    expect(byRow('since-2')).toEqual(byRow('since-all'));
    expect(summary('since-2')).toMatchObject({ documents: 301, unchanged: 298, flagged: 7 });
    const third = await ended(started('since-3', at('first.ndjson'), '--since', at('since-2')));
    expect(third.code).toBe(1);
    expect(byRow('since-3')).toEqual(byRow('since-all'));
    expect(summary('since-3')).toMatchObject({ documents: 301, unchanged: 301 });
  });

  it('refuses what was judged otherwise, and a folder of no audit', async () => {
    const other = await ended(started('since-x', at('first.ndjson'), '--since', at('since-1'), '--policy', 'strict'));
    expect(other).toMatchObject({ code: 2 });
    expect(other.said).toContain('all has to be checked again');
    const none = await ended(started('since-y', at('first.ndjson'), '--since', at('nowhere')));
    expect(none.said).toContain('there is no audit');
  });
});

describe('--shard', () => {
  it('parts the documents: together all, none twice', async () => {
    const outs = [1, 2, 3].map((i) => [`shard-${i}`, `${i}/3`] as const);
    for (const [out, shard] of outs) await ended(started(out, at('rows.ndjson'), '--shard', shard));
    expect(outs.flatMap(([out]) => ids(out)).sort()).toEqual(ids('whole').sort());
    const documents = outs.map(([out]) => summary(out)['documents'] as number);
    expect(documents.reduce((sum, one) => sum + one)).toBe(ROWS);
    expect(Math.min(...documents)).toBeGreaterThan(0.3 * ROWS);
  });

  it('names a part that there is not', async () => {
    expect((await ended(started('shard-x', at('rows.ndjson'), '--shard', '4/3'))).said).toContain(
      'give i/n with i from 1',
    );
  });
});

describe('--exclude-rule', () => {
  it('leaves a rule out of every verdict, and says so in the digest of the rules', async () => {
    writeFileSync(at('one.ndjson'), rowOf(7));
    const { printed } = await ended(started('with', at('one.ndjson')));
    expect(printed.split('\n')).toEqual([summary('with')['headline'], at('with', 'report.html'), '']);
    expect(printed).toContain('1 of 1 document holds 1 passage that was injected, of one campaign.');
    const codes = (out: string): string[] =>
      lines(at(out, 'findings.ndjson')).flatMap((line) =>
        (JSON.parse(line) as { spans: { reasons: { code: string }[] }[] }).spans.flatMap(({ reasons }) =>
          reasons.map(({ code }) => code),
        ),
      );
    const rule = codes('with').find((code) => code.startsWith('rule:')) ?? '';
    await ended(started('without', at('one.ndjson'), '--exclude-rule', rule.slice(5)));
    expect(codes('with')).toContain(rule);
    expect(codes('without')).not.toContain(rule);
    expect(codes('without')).toContain('bayes');
    const unknown = await ended(started('unknown', at('one.ndjson'), '--exclude-rule', 'no.such'));
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.said).toContain('--exclude-rule no.such: there is no such rule');
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
