/**
 * The batch audit as a user runs it: `npm run -s bench:audit [-- <megabytes>]` (200 where left out). Writes an NDJSON file of articles, one in
 * twenty with an injected line, and audits it on one core, with one thread and with two, by turns. Prints one JSON object: ratios of the best runs,
 * megabytes a second of a thread over those of the sieve alone in this run, and the most memory of the process with all its threads. Fails
 * where runs differ in what they find, or from the sieve document by document. On a machine that has other work, `coresGot` says how many
 * cores the fastest run had, and what there was for a second of CPU time is the better measure.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { loadBaseSieve, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { median } from './ratio.ts';
import { articleTexts } from './article-texts.ts';

const ROUNDS = 5;
/** What follows `node` in `npm run linesieve`. */
const COMMAND = manifest.scripts.linesieve.split(' ').slice(1);
/** One core for all threads; Linux. */
const CORE = ['taskset', '-c', '0'];
/** One thread on one core, one thread, two threads. */
type Kind = 'core' | 'one' | 'two';
/** Documents that are checked one by one too. */
const SAMPLE = 2000;

const megabytes = Number(process.argv[2] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'linesieve-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'rows.ndjson');
const { bytes, sample } = await writeRows();
const engine = await measureEngine();
const runs: Record<Kind, Run>[] = [];
for (let round = 0; round < ROUNDS; round++)
  runs.push({ core: await run(1, CORE), one: await run(1), two: await run(2) });
expectSameVerdicts();
const rates = { core: rateOf('core'), one: rateOf('one'), two: rateOf('two') };
console.log(
  JSON.stringify(
    {
      megabytes: Math.round(bytes / 1e6),
      documents: runs[0].one.documents,
      flagged: runs[0].one.flagged,
      twoOverOne: rounded(rates.two / rates.one),
      twoOverOneCore: rounded(rates.two / rates.core),
      megabytesPerSecond: {
        engine: rounded(engine.rate),
        core: rounded(rates.core),
        one: rounded(rates.one),
        two: rounded(rates.two),
      },
      overEnginePerThread: { one: rounded(rates.one / engine.rate), two: rounded(rates.two / 2 / engine.rate) },
      overEnginePerCpuSecond: { core: overEngine('core'), one: overEngine('one'), two: overEngine('two') },
      coresGot: { core: coresGot('core'), one: coresGot('one'), two: coresGot('two') },
      peakMegabytes: {
        one: Math.max(...runs.map(({ one }) => one.peak)),
        two: Math.max(...runs.map(({ two }) => two.peak)),
      },
    },
    null,
    2,
  ),
);

async function writeRows(): Promise<{ bytes: number; sample: string[] }> {
  const out = createWriteStream(file);
  const first: string[] = [];
  let length = 0;
  let id = 0;
  for (const text of articleTexts()) {
    if (length >= megabytes * 1e6) break;
    if (first.length < SAMPLE) first.push(text);
    const row = `${JSON.stringify({ id: `d${id++}`, text })}\n`;
    length += Buffer.byteLength(row);
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { bytes: length, sample: first };
}

/** Megabytes of the same texts that the sieve checks in a second, in one thread, one by one, and those of them in which it finds spans. */
async function measureEngine(): Promise<{ rate: number; cpuRate: number; spans: ReadonlyMap<string, number> }> {
  const sieve = await loadBaseSieve();
  const size = sample.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    for (const text of sample) sieve.check({ text, id: '' });
    const { user, system } = process.cpuUsage(cpu);
    return { rate: size / 1000 / (performance.now() - began), cpuRate: size / (user + system) };
  });
  const found = sample.map((text, i) => [`d${i}`, sieve.check({ text, id: '' }).spans.length] as const);
  const cpuRate = median(rounds.map((one) => one.cpuRate));
  return {
    rate: median(rounds.map((one) => one.rate)),
    cpuRate,
    spans: new Map(found.filter(([, spans]) => spans > 0)),
  };
}

interface Run {
  readonly seconds: number;
  readonly documents: number;
  readonly flagged: number;
  /** Of all its threads. */
  readonly cpuSeconds: number;
  /** Most resident megabytes of the process, all its threads included. */
  readonly peak: number;
  /** Digest of findings.ndjson. */
  readonly findings: string;
}

async function run(threads: number, before: readonly string[] = []): Promise<Run> {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  const flags = ['--out', out, '--threads', String(threads), '--progress', 'none'];
  const began = performance.now();
  const [command, ...given] = [...before, process.execPath, ...COMMAND, 'audit', file, ...flags];
  const child = spawn(command, given, {
    cwd: PACKAGE_FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let [peak, cpuSeconds] = [0, 0];
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
    cpuSeconds = Math.max(cpuSeconds, cpuSecondsOf(child.pid ?? 0));
  }, 50);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  if (code !== 1) throw new Error(`the audit with ${threads} threads ended with ${code}; 1 is expected`);
  const seconds = (performance.now() - began) / 1000;
  const { documents, flagged } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Record<string, number>;
  const findings = hash('sha256', readFileSync(join(out, 'findings.ndjson')));
  return { seconds, documents, flagged, cpuSeconds, peak, findings };
}

/** Of all runs, and of the documents that were checked one by one. Throws. */
function expectSameVerdicts(): void {
  if (new Set(runs.flatMap(({ core, one, two }) => [core.findings, one.findings, two.findings])).size > 1)
    throw new Error('runs differ in their findings');
  const rows = readFileSync(join(folder, 'out', 'findings.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  const found = rows.map((row) => JSON.parse(row) as { id: string; spans: unknown[] });
  const ofSample = found.filter(({ id }) => Number(id.slice(1)) < SAMPLE).map(({ id, spans }) => [id, spans.length]);
  if (JSON.stringify(ofSample) !== JSON.stringify([...engine.spans]))
    throw new Error('the audit and the sieve, document by document, find different things');
}

/** Megabytes a second of the fastest run. */
function rateOf(threads: Kind): number {
  return bytes / 1e6 / Math.min(...runs.map((pair) => pair[threads].seconds));
}

/** Threads are part of their process: its resident memory is that of all. The kernel keeps the most there ever was. */
function peakOf(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1000);
  } catch {
    return 0;
  }
}

/** Of all threads, in the kernel's ticks of a hundredth. */
function cpuSecondsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

function overEngine(threads: Kind): number {
  return rounded(bytes / 1e6 / Math.min(...runs.map((pair) => pair[threads].cpuSeconds)) / engine.cpuRate);
}

/** By the fastest run. */
function coresGot(threads: Kind): number {
  const [fastest] = runs.map((pair) => pair[threads]).sort((a, b) => a.seconds - b.seconds);
  return rounded(fastest.cpuSeconds / fastest.seconds);
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}
