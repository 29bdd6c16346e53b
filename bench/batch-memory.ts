/**
 * What a long batch stream holds: `npm run -s bench:batch-memory [-- --logged] [--megabytes 1000]`. Builds the package, starts its service, with a store
 * that keeps texts where `--logged`, and sends rows through `/v1/check/batch` as fast as they are taken. Prints the most resident memory of the
 * process, before and with the stream (Linux: from /proc), and megabytes a second.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { articleTexts } from './article-texts.ts';

const { values } = parseArgs({
  options: { logged: { type: 'boolean', default: false }, megabytes: { type: 'string', default: '1000' } },
});
/** Sent over and over: making rows takes longer than checking them. */
const PIECE_BYTES = 8e6;
/** The service listens, and has given back what loading took. */
const SETTLED_MS = 2500;

execFileSync('npm', ['run', '-s', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
const folder = mkdtempSync(join(tmpdir(), 'linesieve-bench-'));
const kept = values.logged ? ['--data', join(folder, 'data')] : [];
const service = spawn(
  process.execPath,
  ['dist/node/bin.js', 'serve', '--host', '127.0.0.1', '--port', '0', '--requests-per-minute', '0', ...kept],
  { stdio: ['ignore', 'pipe', 'pipe'] },
);
let said = '';
for (const stream of [service.stdout, service.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
const url = await told(/http:\/\/127\.0\.0\.1:\d+/);
const key = values.logged ? await told(/ls_live_\w+/) : null;
await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
const before = residentOf('VmRSS');
const began = performance.now();
const answered = await stream(Number(values.megabytes) * 1e6);
const seconds = (performance.now() - began) / 1000;
const peakMegabytes = residentOf('VmHWM');
service.kill();
await once(service, 'exit');
rmSync(folder, { recursive: true });
console.log(
  JSON.stringify(
    { beforeMegabytes: before, peakMegabytes, megabytesPerSecond: answered.bytes / 1e6 / seconds, rows: answered.rows },
    null,
    2,
  ),
);

/** Waits until the service has said it. */
async function told(what: RegExp): Promise<string> {
  for (;;) {
    const found = what.exec(said);
    if (found !== null) return found[0];
    if (service.exitCode !== null) throw new Error(`the service ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** In MB of 1000 kB. */
function residentOf(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1000);
}

/** Rows without ids: a store refuses one that comes again. */
function makePiece(): { piece: Buffer; rows: number } {
  const rows: Buffer[] = [];
  let bytes = 0;
  for (const text of articleTexts()) {
    if (bytes >= PIECE_BYTES) break;
    rows.push(Buffer.from(`${JSON.stringify({ text })}\n`));
    bytes += rows.at(-1)?.length ?? 0;
  }
  return { piece: Buffer.concat(rows), rows: rows.length };
}

/** Sends so many bytes of rows, reads every answer. Throws where a row is missing or was not judged. */
async function stream(bytes: number): Promise<{ bytes: number; rows: number }> {
  const { piece, rows } = makePiece();
  const headers = {
    'Content-Type': 'application/x-ndjson',
    ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
  };
  const sending = request(`${url}/v1/check/batch`, { method: 'POST', headers });
  const answers = once(sending, 'response').then(async ([response]) => {
    let lines = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) for (const byte of chunk) if (byte === 10) lines++;
    return lines;
  });
  let sent = 0;
  let expected = 0;
  for (; sent < bytes; sent += piece.length, expected += rows)
    if (!sending.write(piece)) await Promise.race([once(sending, 'drain'), answers]);
  sending.end();
  const answered = await answers;
  if (answered !== expected) throw new Error(`${answered} answers to ${expected} rows`);
  return { bytes: sent, rows: answered };
}
