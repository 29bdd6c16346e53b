import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Baseline } from '../../audit/baseline.ts';
import type { FindingRow } from '../../audit/finding-row.ts';
import { FirstReading } from '../../audit/first-reading.ts';
import { EXIT, UserFailure } from '../failure.ts';
import type { AuditFlags } from './audit-flags.ts';
import { auditSieve } from './audit-sieve.ts';
import { ByteMeter } from './byte-meter.ts';
import type { CheckOptions } from './check-task.ts';
import type { CheckThreads } from './check-threads.ts';
import { ChunkBuffers } from './chunk-buffers.ts';
import { EarlierRun } from './earlier-run.ts';
import { Journal } from './journal.ts';
import { openWork } from './open-sources.ts';
import { openSuppressions } from './open-suppressions.ts';
import { showProgress } from './progress.ts';
import { addTo, fingerprintsIn, readFirst, writeReports } from './reports.ts';
import { runAudit } from './run.ts';
import { parseWebFlags } from './web/web-options.ts';

/** An audit from its sources to its reports; returns the exit code. `check` is what the threads were started with. Throws a UserFailure. */
export async function conductAudit(
  sources: readonly string[],
  flags: AuditFlags,
  check: CheckOptions,
  threads: CheckThreads,
): Promise<number> {
  const started = performance.now();
  const { policy, excludeRules, columns, shard } = check;
  const interrupt = new AbortController();
  const web = { options: parseWebFlags(flags, join(flags.out, 'pages')), signal: interrupt.signal };
  const meter = new ByteMeter();
  const buffers = new ChunkBuffers();
  const source = openWork(sources, columns, web, meter, buffers);
  const { engine, policies } = await auditSieve(excludeRules);
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
    const { signal } = interrupt;
    await runAudit(source, journal, { threads, buffers, earlier, signal, found, progress: progress.update });
  } finally {
    progress.stop();
    journal.close();
    earlier?.close();
    process.off('SIGINT', stop);
  }
  void threads.end();
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
