/**
 * `/v1/check` beside a bare route of the same server software, each in a process of its own, by turns: `npm run bench:http [-- --logged]
 * [--seconds 60]`; `--logged`: with a key and a verdict log.
 */
import { BODY, LoadedServer, type Load } from './http-load.ts';
import { median } from './ratio.ts';

/** Rounds one after the other, both routes in each: what else the machine does falls on both. */
const ROUNDS = 5;
const SECONDS = 2;

/** Ratios are medians over rounds, 1 where a check costs no more than a bare route. */
export async function benchHttp(seconds = SECONDS, logged = false) {
  const bare = await LoadedServer.start('bare');
  const checked = await LoadedServer.start(logged ? 'logged' : 'open');
  const rounds: { bare: Load; check: Load }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = { bare: await bare.load(seconds), check: await checked.load(seconds) };
    // The first round compiles.
    if (round > 0) rounds.push(pair);
  }
  await Promise.all([bare.stop(), checked.stop()]);
  const of = (value: (pair: { bare: Load; check: Load }) => number): number => median(rounds.map(value));
  return {
    httpOverBareRoute: of(({ bare, check }) => check.requestsPerSecond / bare.requestsPerSecond),
    httpThreadOverBareRoute: of(({ bare, check }) => bare.threadMicroseconds / check.threadMicroseconds),
    httpCpuOverBareRoute: of(({ bare, check }) => bare.processMicroseconds / check.processMicroseconds),
    httpRequestsPerSecond: of(({ check }) => check.requestsPerSecond),
    httpThreadMicroseconds: of(({ check }) => check.threadMicroseconds),
    httpCpuMicroseconds: of(({ check }) => check.processMicroseconds),
    bareThreadMicroseconds: of(({ bare }) => bare.threadMicroseconds),
    httpP50: of(({ check }) => check.p50),
    httpP99OverP50: of(({ check }) => check.p99 / check.p50),
    httpBodyBytes: new TextEncoder().encode(BODY).length,
  };
}

if (import.meta.main) {
  const at = process.argv.indexOf('--seconds');
  const seconds = at < 0 ? SECONDS : Number(process.argv[at + 1]);
  console.log(JSON.stringify(await benchHttp(seconds, process.argv.includes('--logged')), null, 2));
}
