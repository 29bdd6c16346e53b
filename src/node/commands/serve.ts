import cluster from 'node:cluster';
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { ensureFirstKey } from '../../service/api-key.ts';
import { AuditJobs } from '../../service/audit-jobs.ts';
import { Metrics } from '../../service/metrics.ts';
import { ModelDesk } from '../../service/model-desk.ts';
import { TenantSieves } from '../../service/tenant-sieves.ts';
import { TrainingJobs } from '../../service/training-jobs.ts';
import { createSieve } from '../../sieve.ts';
import type { Store } from '../../store/store.ts';
import { auditParts } from '../audit-parts.ts';
import { loadBaseParts } from '../base-parts.ts';
import { runPrimary, stopSignal, workerMetrics } from '../cluster.ts';
import { readConfig, type Config } from '../config.ts';
import { openDataFolder } from '../data-folder.ts';
import { docsFiles } from '../docs-files.ts';
import { deskDependencies, learningParts } from '../learning-parts.ts';
import { EXIT } from '../failure.ts';
import { collectGarbage } from '../frugal-heap.ts';
import { listenFailure, tryListening } from '../listen-failure.ts';
import { pinnedFetch } from '../pinned-fetch.ts';
import { startServer, urlOf, type RunningServer } from '../server.ts';
import { startUpkeep, type Upkeep } from '../upkeep.ts';
import { VERSION } from '../../version.ts';

/** A cause that the client does not get to see, as one line of JSON; it holds no text of a document. */
function report(error: unknown, requestId: string): void {
  process.stderr.write(
    `${JSON.stringify({ requestId, error: error instanceof Error ? error.stack : String(error) })}\n`,
  );
}

/** `linesieve serve`: runs until it is told to stop; requests in flight are finished. Throws a `UserFailure`. */
export async function serve(flags: Readonly<Record<string, unknown>>): Promise<number> {
  const { config } = readConfig(flags, process.env);
  if (cluster.isWorker) await serveHere(config, openStore(config, false));
  else if (config.workers > 1) return await serveByWorkers(config);
  else await serveHere(config, await openFirst(config), announce);
  return EXIT.clean;
}

/** The primary checks the file once and keeps what must be done once: upkeep, the first key. */
async function serveByWorkers(config: Config): Promise<number> {
  await tryListening(config);
  const store = await openFirst(config);
  const upkeep = store === null ? null : await upkeepOf(store, config);
  const code = await runPrimary({
    workers: config.workers,
    graceMs: 1000 * config.graceSeconds,
    onListening: (address) =>
      announce(urlOf({ ...address, address: config.host, family: isIPv6(config.host) ? 'IPv6' : 'IPv4' })),
    report,
  });
  await upkeep?.stop();
  await store?.close();
  return code;
}

async function serveHere(config: Config, store: Store | null, listening?: (url: string) => void): Promise<void> {
  const server = await start(config, store).catch((error: unknown) => {
    throw listenFailure(error, config);
  });
  listening?.(server.url);
  const upkeep = store === null || cluster.isWorker ? null : await upkeepOf(store, config);
  // Before the first requests, or beside them: it takes some 20 ms.
  collectGarbage();
  await stopSignal();
  await server.close();
  await upkeep?.stop();
  await store?.close();
  if (cluster.isWorker) process.disconnect();
}

async function start(config: Config, store: Store | null): Promise<RunningServer> {
  const { port, host, graceSeconds, requestsPerMinute: limit, corsOrigins } = config;
  const { bodyBytes, rowBytes, jsonDepth, documentLines, lineLength } = config;
  const parts = await loadBaseParts();
  const sieve = await createSieve(parts);
  const metrics = new Metrics();
  return await startServer({
    port,
    host,
    graceMs: 1000 * graceSeconds,
    limits: { bodyBytes, rowBytes, jsonDepth, documentLines, lineLength },
    corsOrigins,
    rateLimit: limit === 0 ? null : { limit, windowSeconds: 60 },
    sieve: () => sieve,
    parts: () => parts,
    version: VERSION,
    docs: docsFiles,
    metrics,
    resolveHost,
    report,
    ...(cluster.isWorker ? { gatherMetrics: workerMetrics(() => metrics.text(sieve.engine)) } : {}),
    ...(store === null ? {} : { store, ...learningParts(config.data), ...auditParts(config.data) }),
  });
}

/** The base model is read a second time here, because the primary of a cluster serves nothing itself. */
async function upkeepOf(store: Store, { data, retrainHours }: Config): Promise<Upkeep> {
  const dependencies = await deskDependencies(store, data, report);
  const jobs = new TrainingJobs(dependencies, new ModelDesk(dependencies));
  const audited = { ...dependencies, ...auditParts(data) };
  const audits = new AuditJobs(audited, new TenantSieves(audited));
  return startUpkeep(
    { store, resolveHost, fetch: pinnedFetch(), jobs, audits, retrainMs: 3_600_000 * retrainHours },
    report,
  );
}

/** Every address of a host name. */
export async function resolveHost(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function openStore({ data }: Config, check: boolean): Store | null {
  return data === null ? null : openDataFolder(data, { check, writes: 'thread' });
}

/** Opens and checks; the key of the first run is printed here and never again. */
async function openFirst(config: Config): Promise<Store | null> {
  const store = openStore(config, true);
  const key = store === null ? null : await ensureFirstKey(store);
  if (key !== null) process.stdout.write(`first key, with the scope admin, shown this once: ${key}\n`);
  return store;
}

function announce(url: string): void {
  process.stdout.write(`linesieve ${VERSION} on ${url}\n`);
}
