/**
 * `/v1/check` beside a bare route of the same server, and beside Hono alone with a route that parses the body, or parses and checks it: by turns,
 * `npm run bench:http [-- --logged] [--seconds 60]`; `--logged`: with a key and a verdict log.
 */
import { BODY, LoadedServer, type Load } from './http-load.ts';
import { BARE_ROUTE } from './http-routes.ts';
import { median } from './ratio.ts';

/** Rounds one after the other, all routes in each: what else the machine does falls on all. */
const ROUNDS = 5;
const SECONDS = 2;

interface Round {
  /** Of Hono alone. */
  readonly framework: Load;
  readonly sieve: Load;
  /** Of the service. */
  readonly bare: Load;
  readonly check: Load;
}

/** Ratios are medians over rounds, 1 where a check costs no more than what it is held against. */
export async function benchHttp(seconds = SECONDS, logged = false) {
  const framework = await LoadedServer.start('bare');
  const sieve = await LoadedServer.start('sieve');
  const service = await LoadedServer.start(logged ? 'logged' : 'open');
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const loads = {
      framework: await framework.load(seconds, BARE_ROUTE),
      sieve: await sieve.load(seconds),
      bare: await service.load(seconds, BARE_ROUTE),
      check: await service.load(seconds),
    };
    // The first round compiles.
    if (round > 0) rounds.push(loads);
  }
  await Promise.all([framework.stop(), sieve.stop(), service.stop()]);
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  const rate = ({ requestsPerSecond }: Load): number => requestsPerSecond;
  const thread = ({ threadMicroseconds }: Load): number => 1 / threadMicroseconds;
  return {
    httpOverBareRoute: of(({ bare, check }) => rate(check) / rate(bare)),
    httpThreadOverBareRoute: of(({ bare, check }) => thread(check) / thread(bare)),
    httpOverFramework: of(({ framework, check }) => rate(check) / rate(framework)),
    httpThreadOverFramework: of(({ framework, check }) => thread(check) / thread(framework)),
    sieveThreadOverFramework: of(({ framework, sieve }) => thread(sieve) / thread(framework)),
    httpRequestsPerSecond: of(({ check }) => rate(check)),
    httpThreadMicroseconds: of(({ check }) => check.threadMicroseconds),
    httpCpuMicroseconds: of(({ check }) => check.processMicroseconds),
    bareThreadMicroseconds: of(({ bare }) => bare.threadMicroseconds),
    frameworkThreadMicroseconds: of(({ framework }) => framework.threadMicroseconds),
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
