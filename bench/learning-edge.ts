/**
 * What learning costs in workerd: `npm run -s bench:learning-edge`. Prints one JSON object, in milliseconds of the CPU (Linux), which what
 * else the machine does leaves alone: `aLabel`, from a label to a sieve that judges with it, in workerd and by turns in Node, less an
 * empty request; `throughTheService`, the worker as it is deployed with a local D1, requests and the proxy of the harness included: a label,
 * the check after it, which makes new weights, and another check.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createTestHarness } from 'wrangler';
import { campaignLines, readCampaigns } from '../scripts/campaigns.ts';
import { loadBaseParts } from '../src/node/base-parts.ts';
import { createKey } from '../src/service/api-key.ts';
import { d1Backend, type D1Binding } from '../src/store/d1-database.ts';
import { openStore } from '../src/store/open-store.ts';
import { Instant } from './edge/instant.ts';

const ROUNDS = 40;
/** Labels of a request: one is less than what a request costs. */
const LABELS = 5;
/** The first rounds load, compile, and fill caches. */
const WARM = 5;

const lines = readCampaigns().flatMap((campaign) => campaignLines(campaign, 40, 23));
const linesOf = (round: number): string[] => lines.slice(LABELS * round, LABELS * (round + 1));

console.log(JSON.stringify({ aLabel: await aLabel(), throughTheService: await throughTheService() }, null, 2));

async function aLabel(): Promise<object> {
  const { model, policy, counts } = await loadBaseParts();
  if (counts === undefined) throw new Error('models/base has no counts.bin');
  const here = new Instant({ model, counts: await counts() }, policy);
  const rules = [{ type: 'Data', globs: ['**/*.bin'], fallthrough: true }] as const;
  const config = { name: 'bench', main: './bench/edge/worker.ts', compatibility_date: '2026-10-23', rules: [...rules] };
  const edge = createTestHarness({ workers: [{ config }] });
  const { url } = await edge.listen();
  const pids = workerdsBelow(process.pid);
  const learned = async (texts: readonly string[]): Promise<string> =>
    await (await fetch(url, { method: 'POST', body: JSON.stringify(texts) })).text();
  const took = { workerd: [] as number[], node: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const texts = linesOf(round);
      const [there, digest] = await cpu(pids, () => learned(texts));
      const [empty] = await cpu(pids, () => learned([]));
      const [node, digests] = await cpu([String(process.pid)], async () => {
        const made: string[] = [];
        for (const text of texts) made.push(await here.learn(text));
        return made;
      });
      if (digest !== digests.at(-1)) throw new Error(`workerd came to ${digest}, Node to ${digests.at(-1)}`);
      if (round < WARM) continue;
      took.workerd.push((there - empty) / LABELS);
      took.node.push(node / LABELS);
    }
  } finally {
    await edge.close();
  }
  return { workerd: quantiles(took.workerd), node: quantiles(took.node) };
}

async function throughTheService(): Promise<object> {
  const edge = createTestHarness({ workers: [{ configPath: './wrangler.toml', vars: { LINESIEVE_STORE: 'd1' } }] });
  const { url } = await edge.listen();
  const pids = workerdsBelow(process.pid);
  const worker = edge.getWorker();
  await worker.applyD1Migrations('DB');
  const store = openStore(d1Backend((await worker.getEnv())['DB'] as D1Binding));
  const { plain } = await createKey(store, 'default', { name: 'bench', scopes: ['admin'] }, Date.now());
  const call = async (path: string, body: object): Promise<{ engine?: { model: string } }> => {
    const headers = { Authorization: `Bearer ${plain}`, 'Content-Type': 'application/json' };
    const response = await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    return (await response.json()) as { engine?: { model: string } };
  };
  const took = { label: [] as number[], checkAfter: [] as number[], checkAgain: [] as number[] };
  const models = new Set<string>();
  const checked = { text: lines.at(-1) };
  try {
    for (const [at, text] of lines.slice(0, ROUNDS * 2).entries()) {
      const [label] = await cpu(pids, () => call('/v1/samples', { text, label: 'spam', author: `a${at % 7}` }));
      const [checkAfter, { engine }] = await cpu(pids, () => call('/v1/check', checked));
      const [checkAgain] = await cpu(pids, () => call('/v1/check', checked));
      models.add(engine?.model ?? '');
      if (at < 4 * WARM) continue;
      for (const [name, value] of Object.entries({ label, checkAfter, checkAgain }))
        took[name as keyof typeof took].push(value);
    }
  } finally {
    await edge.close();
  }
  // Labels that moved nothing would make a fine figure.
  if (models.size < ROUNDS) throw new Error(`${2 * ROUNDS} labels made only ${models.size} models`);
  return Object.fromEntries(Object.entries(took).map(([name, values]) => [name, quantiles(values)]));
}

/** Milliseconds that the threads of some processes ran for some work, and what it gave. */
async function cpu<T>(pids: readonly string[], work: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const before = ran(pids);
  const result = await work();
  return [ran(pids) - before, result];
}

function ran(pids: readonly string[]): number {
  const threads = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`),
  );
  const times = threads.map((thread) => Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]));
  return times.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
}

/** The worker's, and that of the proxy before it. */
function workerdsBelow(parent: number): string[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  const named = children.filter((pid) => /workerd/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')));
  if (named.length === 0) throw new Error(`no workerd among the children of ${parent}: ${children.join()}`);
  return named;
}

function quantiles(values: readonly number[]): { n: number; p50: number; p90: number; worst: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(10 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) / 10;
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), worst: at(1) };
}
