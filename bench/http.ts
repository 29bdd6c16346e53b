/**
 * `/v1/check` beside a bare route of the same server software and one that calls the sieve and nothing else, each in a process of its own, by
 * turns: `npm run bench:http [-- --logged] [--seconds 60]`; `--logged`: with a key and a verdict log.
 */
import { BODY, LoadedServer, type Load } from './http-load.ts';
import { median } from './ratio.ts';

/** Rounds one after the other, both routes in each: what else the machine does falls on both. */
const ROUNDS = 5;
const SECONDS = 2;

interface Round {
  readonly bare: Load;
  readonly sieve: Load;
  readonly check: Load;
}

/** Ratios are medians over rounds, 1 where a check costs no more than a bare route. */
export async function benchHttp(seconds = SECONDS, logged = false) {
  const bare = await LoadedServer.start('bare');
  const sieve = await LoadedServer.start('sieve');
  const checked = await LoadedServer.start(logged ? 'logged' : 'open');
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const loads = {
      bare: await bare.load(seconds),
      sieve: await sieve.load(seconds),
      check: await checked.load(seconds),
    };
    // The first round compiles.
    if (round > 0) rounds.push(loads);
  }
  await Promise.all([bare.stop(), sieve.stop(), checked.stop()]);
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  return {
    httpOverBareRoute: of(({ bare, check }) => check.requestsPerSecond / bare.requestsPerSecond),
    httpThreadOverBareRoute: of(({ bare, check }) => bare.threadMicroseconds / check.threadMicroseconds),
    sieveThreadOverBareRoute: of(({ bare, sieve }) => bare.threadMicroseconds / sieve.threadMicroseconds),
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
