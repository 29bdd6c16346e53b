/**
 * `npm run bench [-- --json] [--full]`: ratios measured in one run, single thread. Prints one JSON object, or the same as lines.
 */
import { loadBaseSieve } from '../src/node/base-sieve.ts';
import { benchBundle, benchLoad, benchMemory } from './engine.ts';
import { benchHttp } from './http.ts';
import { benchNatural } from './natural.ts';
import { benchSizes } from './size.ts';
import { benchTraining } from './training.ts';
import { benchVerdict } from './verdict.ts';

const memory = await benchMemory();
const load = await benchLoad();
const sieve = await loadBaseSieve();
const results = {
  ...benchVerdict(sieve),
  ...benchNatural(sieve),
  ...load,
  ...memory,
  ...benchTraining(),
  ...(await benchHttp()),
  ...(await benchBundle()),
  secondsPerMillionUnits: benchSizes(sieve),
};

if (process.argv.includes('--json')) console.log(JSON.stringify(results, (_, value: unknown) => rounded(value)));
else {
  for (const [name, value] of Object.entries(results)) {
    if (typeof value !== 'object') console.log(`${name.padEnd(30)} ${String(rounded(value))}`);
    else
      for (const [shape, row] of Object.entries(value))
        console.log(`  ${shape.padEnd(22)} ${JSON.stringify(row, (_, v: unknown) => rounded(v))}`);
  }
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
