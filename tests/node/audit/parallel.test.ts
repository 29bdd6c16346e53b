import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const HONEST = '会议强调，要加强值守，确保安全。';
const ROWS = 60;
/** Rows of one job: several jobs, the last one short. */
const ROWS_OF_JOB = 25;

describe('GNU parallel', () => {
  it('checks rows in several processes, in order, each once', (context) => {
    const version = spawnSync('parallel', ['--version'], { encoding: 'utf8' });
    const isThere = version.status === 0 && version.stdout.startsWith('GNU parallel');
    if (!isThere && process.env['CI'] === undefined)
      context.skip('there is no GNU parallel here: apt-get install parallel');
    const texts = Array.from({ length: ROWS }, (_, i) => (i % 7 === 0 ? `${HONEST}\n${SPAM}` : `${HONEST}\n${i}`));
    const input = texts.map((text, id) => `${JSON.stringify({ id: String(id), text })}\n`).join('');
    const command = `${process.execPath} src/node/bin.ts check - --input ndjson`;
    const options = ['--pipe', '--keep-order', '-j', '2', '-N', String(ROWS_OF_JOB), command];
    const { stdout, stderr } = spawnSync('parallel', options, { input, encoding: 'utf8' });
    const verdicts = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; verdict: string });
    expect(
      verdicts.map(({ id }) => Number(id)),
      stderr,
    ).toEqual(texts.map((_, i) => i));
    expect(verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => Number(id) % 7)).toEqual(
      Array(9).fill(0),
    );
  }, 60_000);
});
