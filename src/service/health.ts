import { Hono } from 'hono';
import { readySieve, type Dependencies } from './dependencies.ts';
import type { ServiceEnv } from './problem.ts';

/**
 * `/healthz`: the process answers. `/readyz`: the model is loaded too, with what digests, and the store takes writes; 503 where it is not so.
 * `degraded` counts sites whose own model could not be loaded, `drifted` those whose traffic has left its band.
 */
export function healthResource(dependencies: Dependencies) {
  const fresh = { 'Cache-Control': 'no-store' };
  return new Hono<ServiceEnv>()
    .get('/healthz', (c) => c.json({ status: 'alive', version: dependencies.version }, 200, fresh))
    .get('/readyz', async (c) => {
      const { engine } = await readySieve(dependencies, c.get('requestId'));
      await dependencies.store?.health();
      const degraded = (await dependencies.degraded?.()) ?? 0;
      const drifted = dependencies.drifted?.() ?? 0;
      const told = { ...(degraded === 0 ? {} : { degraded }), ...(drifted === 0 ? {} : { drifted }) };
      return c.json({ status: 'ready', engine, ...told }, 200, fresh);
    });
}
