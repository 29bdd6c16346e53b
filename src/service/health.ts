import { Hono } from 'hono';
import { readySieve, type Dependencies } from './dependencies.ts';
import type { ServiceEnv } from './problem.ts';

/** `/healthz`: the process answers. `/readyz`: the model is loaded too, with what digests; 503 where it is not. */
export function healthResource(dependencies: Dependencies) {
  const fresh = { 'Cache-Control': 'no-store' };
  return new Hono<ServiceEnv>()
    .get('/healthz', (c) => c.json({ status: 'alive', version: dependencies.version }, 200, fresh))
    .get('/readyz', async (c) => {
      const { engine } = await readySieve(dependencies, c.get('requestId'));
      return c.json({ status: 'ready', engine }, 200, fresh);
    });
}
