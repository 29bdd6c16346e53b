import { Hono } from 'hono';
import type { Dependencies } from './dependencies.ts';
import { once } from './once.ts';
import type { ServiceEnv } from './problem.ts';

/** `/openapi.json`: OpenAPI 3.1 from the same schemas that requests are held against; made, and its code loaded, at the first call. */
export function openapiResource(dependencies: Dependencies) {
  const document = once(async () => (await import('./openapi-document.ts')).openapiDocument(dependencies));
  return new Hono<ServiceEnv>().get('/openapi.json', async (c) =>
    c.json(await document(), 200, { 'Cache-Control': 'no-cache' }),
  );
}
