import { Hono } from 'hono';
import type { Dependencies } from './dependencies.ts';
import type { Metrics } from './metrics.ts';
import type { ServiceEnv } from './problem.ts';

/** Prometheus' own type for its text. */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/** `/metrics`: the counts of this process or isolate, or of all that `gather` reaches. */
export function metricsResource(metrics: Metrics, { sieve, gatherMetrics }: Dependencies) {
  return new Hono<ServiceEnv>().get('/metrics', async (c) => {
    // A model that cannot be loaded is told of by /readyz; what was counted is still true.
    const engine = await Promise.resolve()
      .then(sieve)
      .then(({ engine }) => engine)
      .catch(() => null);
    const own = metrics.text(engine);
    const text = gatherMetrics === undefined ? own : await gatherMetrics(own);
    return c.body(text, 200, { 'Content-Type': TEXT_FORMAT, 'Cache-Control': 'no-store' });
  });
}
