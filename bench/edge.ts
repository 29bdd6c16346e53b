/**
 * What an isolate costs: `npm run bench:edge`. Starts workerd with the bundle that `wrangler deploy --dry-run` makes and with an empty worker, by
 * turns, and prints medians: milliseconds from the start of the process to the first answer, how much longer the bundle takes, and the CPU
 * milliseconds of checks of a 20 kB article, the first of an isolate and later ones (Linux: from /proc). Configs are compiled beforehand, as those that
 * wrangler hands over are: reading one in text, workerd copies the 2 MB that it embeds several times, which is nothing that an isolate does. How
 * much longer the bundle takes with that is printed too.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { median } from './ratio.ts';
import { articleLines } from './texts.ts';

const ROUNDS = 31;
const CHECKS = 200;
const BUNDLE = resolve('dist/worker-dry');
/** The path of the binary; the package has no types. */
const WORKERD = (createRequire(import.meta.url)('workerd') as { default: string }).default;
const COMPATIBILITY = /compatibility_date = "([^"]+)"/.exec(readFileSync('wrangler.toml', 'utf8'))?.[1] ?? '';
const EMPTY = "export default { fetch: () => new Response('{}') };";
/** 20 kB in UTF-8. */
const ARTICLE = JSON.stringify({ text: articleLines('chinese', 7000).join('\n').slice(0, 6700) });

/** Milliseconds to the first answer, of the clock and of the CPU, and of the CPU for checks. */
interface Round {
  readonly empty: Spent;
  readonly bundle: Spent;
  readonly firstCheck: Spent;
  readonly checkCpu: number;
  /** With configs in text. */
  readonly emptyText: Spent;
  readonly bundleText: Spent;
}

interface Spent {
  readonly clock: number;
  readonly cpu: number;
}

interface Isolate {
  readonly url: string;
  readonly pid: number;
  /** When its process was asked for, by `performance.now()`. */
  readonly began: number;
  stop(): Promise<void>;
}

rmSync(BUNDLE, { recursive: true, force: true });
execFileSync('npm', ['run', '-s', 'deploy:dry'], { stdio: ['ignore', 'ignore', 'inherit'] });
const folder = mkdtempSync(join(tmpdir(), 'linesieve-edge-'));
writeFileSync(join(folder, 'empty.js'), EMPTY);
const texts = { empty: configFile('empty', ['empty.js']), bundle: configFile('bundle', copiedModules()) };
const configs = { empty: compiled(texts.empty), bundle: compiled(texts.bundle) };
const rounds: Round[] = [];
for (let round = 0; round < ROUNDS; round++) rounds.push(await measureOnce(round === ROUNDS - 1));
rmSync(folder, { recursive: true });

const of = (value: (round: (typeof rounds)[number]) => number): number =>
  Math.round(10 * median(rounds.map(value))) / 10;
console.log(
  JSON.stringify(
    {
      emptyMs: of(({ empty }) => empty.clock),
      bundleOverEmptyMs: of(({ empty, bundle }) => bundle.clock - empty.clock),
      bundleOverEmptyInTextMs: of(({ emptyText, bundleText }) => bundleText.clock - emptyText.clock),
      bundleOverEmptyCpuMs: of(({ empty, bundle }) => bundle.cpu - empty.cpu),
      firstCheckOverEmptyMs: of(({ empty, firstCheck }) => firstCheck.clock - empty.clock),
      firstCheckOverBundleCpuMs: of(({ bundle, firstCheck }) => firstCheck.cpu - bundle.cpu),
      checkCpuMs: Math.round(100 * (rounds.at(-1)?.checkCpu ?? 0)) / 100,
      articleBytes: new TextEncoder().encode(ARTICLE).length,
    },
    null,
    2,
  ),
);

/** `many`: also the CPU of checks by an isolate that has compiled what it runs. */
async function measureOnce(many: boolean): Promise<Round> {
  const empty = await firstAnswer(configs.empty, health);
  const bundle = await firstAnswer(configs.bundle, health);
  const firstCheck = await firstAnswer(configs.bundle, check);
  const emptyText = await firstAnswer(texts.empty, health);
  const bundleText = await firstAnswer(texts.bundle, health);
  return { empty, bundle, firstCheck, checkCpu: many ? await cpuOfChecks() : 0, emptyText, bundleText };
}

async function firstAnswer(config: string, ask: (url: string) => Promise<void>): Promise<Spent> {
  const isolate = await start(config);
  await ask(isolate.url);
  const spent = { clock: performance.now() - isolate.began, cpu: cpuMs(isolate.pid) };
  await isolate.stop();
  return spent;
}

async function cpuOfChecks(): Promise<number> {
  const isolate = await start(configs.bundle);
  for (let i = 0; i < CHECKS; i++) await check(isolate.url);
  const before = cpuMs(isolate.pid);
  for (let i = 0; i < CHECKS; i++) await check(isolate.url);
  const spent = (cpuMs(isolate.pid) - before) / CHECKS;
  await isolate.stop();
  return spent;
}

async function health(url: string): Promise<void> {
  await answered(fetch(`${url}/healthz`));
}

async function check(url: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  await answered(fetch(`${url}/v1/check`, { method: 'POST', headers, body: ARTICLE }));
}

async function answered(response: Promise<Response>): Promise<void> {
  const { ok, status } = await response.then(async (answer) => (await answer.arrayBuffer(), answer));
  if (!ok) throw new Error(`the isolate answered ${status}`);
}

async function start(config: string): Promise<Isolate> {
  const began = performance.now();
  const binary = config.endsWith('.bin') ? ['--binary'] : [];
  const child = spawn(WORKERD, ['serve', ...binary, config, '--control-fd=3'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const control = child.stdio[3] as Readable;
  let said = '';
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`workerd did not start with ${config}`)));
  while (!said.includes('"port"'))
    said += String(((await Promise.race([once(control, 'data'), ended])) as [Buffer])[0]);
  ended.catch(() => {});
  const port = /"port":(\d+)/.exec(said)?.[1];
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, began, stop };
}

/** Of all threads of a process: the first field of each `schedstat` is nanoseconds on a core. */
function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((id) =>
    Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** The modules of the dry run, the entry first. */
function copiedModules(): string[] {
  const names = readdirSync(BUNDLE).filter((name) => /\.(?:js|bin|wasm)$/.test(name));
  for (const name of names) copyFileSync(join(BUNDLE, name), join(folder, name));
  return names.sort((a, b) => Number(b === 'worker.js') - Number(a === 'worker.js'));
}

/** The path of a config in binary with all that it embeds. */
function compiled(config: string): string {
  const path = config.replace(/capnp$/, 'bin');
  const file = openSync(path, 'w');
  execFileSync(WORKERD, ['compile', '--config-only', config], { stdio: ['ignore', file, 'inherit'] });
  closeSync(file);
  return path;
}

/** Data is imported by the name that wrangler gave it, from beside the entry. */
function configFile(name: string, modules: readonly string[]): string {
  const listed = modules.map((file) =>
    file.endsWith('.js')
      ? `(name = "${file}", esModule = embed "${file}")`
      : `(name = "${file}", ${file.endsWith('.wasm') ? 'wasm' : 'data'} = embed "${file}")`,
  );
  const path = join(folder, `${name}.capnp`);
  writeFileSync(
    path,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (modules = [${listed.join(', ')}], compatibilityDate = "${COMPATIBILITY}");
`,
  );
  return path;
}
