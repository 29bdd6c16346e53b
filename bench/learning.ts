/**
 * What learning costs: `npm run -s bench:learning`. Prints one JSON object: milliseconds from a label to recompiled weights, seconds of a
 * build, and what a build does to checks that go on beside it (a ratio within this run).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaignLines, readCampaigns } from '../scripts/campaigns.ts';
import { loadBaseParts } from '../src/node/base-parts.ts';
import { PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { build } from '../src/training/build.ts';
import { Instant } from './edge/instant.ts';

const BUILD = 100_000;
const ROUNDS = 8;
const { model, policy, counts } = await loadBaseParts();
if (counts === undefined) throw new Error('models/base has no counts.bin');
const base = { model, counts: await counts() };
const lines = readCampaigns().flatMap((campaign) => campaignLines(campaign, 400, 23));

console.log(
  JSON.stringify({ instantMs: await instant(), buildSeconds: await building(), checks: await besideBuild() }, null, 2),
);

/** From a label to a sieve that has learned it, one label after another: median and worst of 200. */
async function instant(): Promise<object> {
  const learner = new Instant(base, policy);
  const took: number[] = [];
  for (const [at, text] of lines.slice(0, 220).entries()) {
    const began = performance.now();
    await learner.learn(text);
    if (at >= 20) took.push(performance.now() - began);
  }
  return quantiles(took);
}

/** Base and 100,000 samples, to a model with its digest; of the CPU also what this thread ran, which what else the machine does leaves alone. */
async function building(): Promise<object> {
  const samples = Array.from({ length: BUILD }, (_, at) => ({
    id: String(at),
    text: `${lines[at % lines.length]} ${at}`,
    label: at % 5 === 0 ? ('legit' as const) : ('spam' as const),
    author: `a${at % 50}`,
    influence: 1 + (at % 4),
  }));
  const [began, ran] = [performance.now(), process.threadCpuUsage()];
  await build(base, samples, samples.length);
  const { user, system } = process.threadCpuUsage(ran);
  return { wall: round((performance.now() - began) / 1000), cpu: round((user + system) / 1e6) };
}

/** A real service: checks of one client, first alone, then while builds run one after another. */
async function besideBuild(): Promise<object> {
  const data = mkdtempSync(join(tmpdir(), 'linesieve-'));
  const bin = join(PACKAGE_FOLDER, 'src/node/bin.ts');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--data', data, '--requests-per-minute', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) if (/on http/.test((output += String(chunk)))) break;
  const url = /on (http:\S+)/.exec(output)?.[1] ?? '';
  const key = /once: (\S+)/.exec(output)?.[1] ?? '';
  const call = (path: string, body: unknown): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const checks = async (until: () => boolean): Promise<number[]> => {
    const took: number[] = [];
    while (!until()) {
      const began = performance.now();
      const answer = await call('/v1/check', { text: lines[took.length % lines.length] });
      if (answer.status !== 200) throw new Error(`a check was answered with ${answer.status}`);
      await answer.arrayBuffer();
      took.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return took;
  };
  for (const text of lines.slice(0, 40)) await call('/v1/samples', { text, label: 'spam', author: 'bench' });
  const rows = lines.slice(40).map((text) => JSON.stringify({ text, label: 'spam' }));
  await fetch(`${url}/v1/samples/import?format=ndjson`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-ndjson' },
    body: rows.join('\n'),
  });
  await checks(after(2));
  const alone: number[] = [];
  const during: number[] = [];
  // By turns, so that what else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(...(await checks(after(3))));
    let building = true;
    const beside = checks(() => !building);
    const { id } = (await (await call('/v1/models/train', { reason: 'bench', promote: false })).json()) as {
      id: string;
    };
    for (let state = 'queued'; state === 'queued' || state === 'running';) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const headers = { Authorization: `Bearer ${key}` };
      ({ state } = (await (await fetch(`${url}/v1/models/jobs/${id}`, { headers })).json()) as { state: string });
    }
    building = false;
    during.push(...(await beside));
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(data, { recursive: true });
  const [a, b] = [quantiles(alone), quantiles(during)];
  return { alone: a, duringBuild: b, p99Ratio: round(b.p99 / a.p99) };
}

function after(seconds: number): () => boolean {
  const end = performance.now() + 1000 * seconds;
  return () => performance.now() > end;
}

function quantiles(values: readonly number[]): { n: number; p50: number; p99: number; worst: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), worst: at(1) };
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
