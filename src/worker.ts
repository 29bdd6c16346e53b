import model from '../models/base/model.bin';
import policy from '../models/base/policy.json' with { type: 'json' };
import { consolePage } from './console/page.ts';
import { createSieve, decodeModel, parsePolicy, VERSION } from './index.ts';
import { createApp, once } from './service/app.ts';

/** The edge entry: bindings and bundled data become dependencies, everything else is the service. */

/** One sieve per isolate, made by the first request that needs it: an isolate may not compute before one comes. */
const sieve = once(async () =>
  createSieve({ model: await decodeModel(new Uint8Array(model)), policy: parsePolicy(policy) }),
);

const app = createApp({
  sieve,
  version: VERSION,
  page: consolePage,
  report: (error, requestId) => console.error({ requestId, error }),
});

export default { fetch: (request: Request): Response | Promise<Response> => app.fetch(request) };
