import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';

const isThere = spawnSync('python3', ['--version']).status === 0;

function python(program: string, input: string | Buffer = '') {
  return spawnSync('python3', ['-B', '-c', program], { input, encoding: 'utf8', cwd: 'examples/spark' });
}

function record(type: string, address: string, text: string): string {
  const head = `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${address}\r\nContent-Length: ${Buffer.byteLength(text)}`;
  return `${head}\r\n\r\n${text}\r\n\r\n`;
}

describe('the Spark job', () => {
  it('is Python', (context) => {
    if (!isThere) context.skip('there is no python3 here');
    for (const file of ['job.py', 'rows.py']) {
      const { status, stderr } = python(`import ast; ast.parse(open('${file}').read())`);
      expect(status, stderr).toBe(0);
    }
  });

  it('makes a row of each record of a WET file', (context) => {
    if (!isThere) context.skip('there is no python3 here');
    const wet =
      record('warcinfo', '', 'x') +
      record('conversion', 'http://a.example/1', '一 two\nWARC/1.0') +
      record('conversion', 'b', '');
    const program = 'import sys, rows; [print(row) for row in rows.rows_of_wet(sys.stdin.buffer.read())]';
    for (const bytes of [Buffer.from(wet), gzipSync(wet)]) {
      const { stdout, stderr } = python(program, bytes);
      expect(
        stdout
          .split('\n')
          .filter(Boolean)
          .map((row) => JSON.parse(row)),
        stderr,
      ).toEqual([
        { id: 'http://a.example/1', text: '一 two\nWARC/1.0' },
        { id: 'b', text: '' },
      ]);
    }
  });
});
