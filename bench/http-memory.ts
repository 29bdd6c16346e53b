/**
 * What the service holds under load: `npm run bench:http-memory [-- --logged] [--minutes 10]`. A sample a minute of resident memory and of the
 * heap after a collection, and the slope of a line through each, the first two minutes left out (they fill caches and buffers).
 */
import { LoadedServer } from './http-load.ts';

const MINUTES = 10;
/** Minutes that fill what is kept for good. */
const WARM = 2;

interface Sample {
  readonly resident: number;
  readonly heap: number;
}

/** In bytes a minute. */
function slopeOf(values: readonly number[]): number {
  const x = (values.length - 1) / 2;
  const y = values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = values.reduce((sum, value, i) => sum + (i - x) * (value - y), 0);
  return covariance / values.reduce((sum, _, i) => sum + (i - x) ** 2, 0);
}

const at = process.argv.indexOf('--minutes');
const minutes = at < 0 ? MINUTES : Number(process.argv[at + 1]);
const server = await LoadedServer.start(process.argv.includes('--logged') ? 'logged' : 'open');
const samples: Sample[] = [];
for (let minute = 1; minute <= minutes; minute++) {
  const { requestsPerSecond, p50, p99, worst } = await server.load(60);
  const { residentBytes: resident, heapBytes: heap } = await server.used();
  samples.push({ resident, heap });
  const memory = `${(resident / 1e6).toFixed(1)} MB resident, ${(heap / 1e6).toFixed(2)} MB heap`;
  console.log(`${minute}: ${memory}, ${requestsPerSecond.toFixed(0)}/s, ms p50 ${p50}, p99 ${p99}, worst ${worst}`);
}
await server.stop();
const late = samples.slice(WARM);
const slopes = [slopeOf(late.map(({ resident }) => resident)), slopeOf(late.map(({ heap }) => heap))];
console.log(`a minute: ${slopes.map((slope) => (slope / 1e6).toFixed(3)).join(' MB resident, ')} MB heap`);
