import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Baseline } from '../../audit/baseline.ts';
import type { FindingRow } from '../../audit/finding-row.ts';
import { FirstReading } from '../../audit/first-reading.ts';
import { auditSieve } from '../audit/audit-sieve.ts';
import { ByteMeter } from '../audit/byte-meter.ts';
import { ChunkBuffers } from '../audit/chunk-buffers.ts';
import { EarlierRun } from '../audit/earlier-run.ts';
import { Journal } from '../audit/journal.ts';
import { openWork } from '../audit/open-sources.ts';
import { openSuppressions } from '../audit/open-suppressions.ts';
import { showProgress, type ProgressKind } from '../audit/progress.ts';
import { addTo, fingerprintsIn, readFirst, writeReports } from '../audit/reports.ts';
import { runAudit } from '../audit/run.ts';
import { parseShard } from '../audit/shards.ts';
import { parseWebFlags, type WebFlags } from '../audit/web/web-options.ts';
import { EXIT, UserFailure } from '../failure.ts';

export interface AuditFlags extends WebFlags {
  readonly out: string;
  readonly policy?: string;
  readonly threads?: string;
  readonly column?: readonly string[];
  readonly idColumn?: string;
  /** The table of an SQLite file. */
  readonly table?: string;
  /** The address of an S3 service. */
  readonly endpoint?: string;
  /** Folder or findings.ndjson of an earlier run: only what is new fails the command. */
  readonly baseline?: string;
  /** JSON file of suppressions. */
  readonly suppress?: string;
  /** Folder of an earlier run: only documents that are new or have changed are checked. */
  readonly since?: string;
  /** `i/n`: only the documents of that part. */
  readonly shard?: string;
  /** Ids of built-in rules that are left out. */
  readonly excludeRule?: readonly string[];
  readonly progress?: ProgressKind;
}

/** `linesieve audit`: checks every document of the sources into a folder; returns the exit code. Throws a UserFailure. */
export async function auditCommand(sources: readonly string[], flags: AuditFlags): Promise<number> {
  const started = performance.now();
  const { table, endpoint } = flags;
  const columns = {
    text: flags.column ?? [],
    ...(flags.idColumn === undefined ? {} : { id: flags.idColumn }),
    ...(table === undefined ? {} : { table }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const interrupt = new AbortController();
  const web = { options: parseWebFlags(flags, join(flags.out, 'pages')), signal: interrupt.signal };
  const meter = new ByteMeter();
  const buffers = new ChunkBuffers();
  const source = openWork(sources, columns, web, meter, buffers);
  const threads = threadsOf(flags.threads);
  const shard = flags.shard === undefined ? null : parseShard(flags.shard);
  const excludeRules = [...(flags.excludeRule ?? [])].sort();
  const { engine, policies } = await auditSieve(excludeRules);
  const policy = flags.policy ?? null;
  if (policy !== null && !policies.includes(policy)) {
    throw new UserFailure(`--policy ${policy}: there is no such policy; choose one of ${policies.join(', ')}`);
  }
  const baseline = flags.baseline === undefined ? null : await openBaseline(flags.baseline);
  const suppressions = flags.suppress === undefined ? new Map() : openSuppressions(flags.suppress);
  const judged = JSON.stringify({ engine, policy, excludeRules });
  const earlier = flags.since === undefined ? null : await EarlierRun.open(flags.since, judged);
  const run = { judged, sources, columns, shard, ...(flags.since === undefined ? {} : { since: flags.since }) };
  const journal = openJournal(flags.out, JSON.stringify(run));
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop);
  const reading = journal.resumed ? await readFirst(flags.out) : new FirstReading();
  const found = (row: FindingRow): void => addTo(reading, row);
  const progress = showProgress(flags.progress ?? 'bar', process.stderr, meter);
  try {
    const check = { policy, excludeRules, columns, shard, known: earlier?.known ?? null };
    const { signal } = interrupt;
    await runAudit(source, journal, { threads, check, buffers, earlier, signal, found, progress: progress.update });
  } finally {
    progress.stop();
    journal.close();
    earlier?.close();
    process.off('SIGINT', stop);
  }
  const seconds = Math.round(performance.now() - started) / 1000;
  const { signal } = interrupt;
  const figures = { ...journal.totals, seconds, complete: !signal.aborted, engine };
  const { open, headline } = await writeReports(flags.out, figures, { baseline, suppressions }, reading);
  process.stdout.write(`${headline}\n${join(flags.out, 'report.html')}\n`);
  if (signal.aborted) throw new UserFailure('interrupted; the same command goes on where it stopped', 130);
  return open > 0 || journal.totals.errors > 0 ? EXIT.findings : EXIT.clean;
}

async function openBaseline(path: string): Promise<Baseline> {
  const folder = path.replace(/summary\.json$/, '') || '.';
  const file = path.endsWith('.ndjson') ? path : join(folder, 'findings.ndjson');
  if (!existsSync(file))
    throw new UserFailure(`--baseline ${path}: there is no ${file}; name the --out of an earlier audit`);
  return new Baseline(await fingerprintsIn(file));
}

function openJournal(folder: string, run: string): Journal {
  const inUse = existsSync(join(folder, 'findings.ndjson')) && !existsSync(join(folder, 'journal.ndjson'));
  if (inUse) throw new UserFailure(`${folder} has findings.ndjson without its journal; give another --out`);
  mkdirSync(folder, { recursive: true });
  return new Journal(folder, run);
}

function threadsOf(given: string | undefined): number {
  if (given === undefined) return availableParallelism();
  const threads = Number(given);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 256) return threads;
  throw new UserFailure(`--threads ${given}: give a whole number from 1 to 256`);
}
