import model from '../models/base/model.bin';
import policy from '../models/base/policy.json' with { type: 'json' };
import { consolePage } from './console/page.ts';
import { createSieve, decodeModel, parsePolicy, VERSION } from './index.ts';
import { createApp, once } from './service/app.ts';
import { deliverDue } from './service/webhook-delivery.ts';
import { d1Backend, type D1Binding } from './store/d1-database.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

/** The edge entry: bindings and bundled data become dependencies, everything else is the service. */

/** What `wrangler.toml` may bind; as much of each as is used. */
export interface Bindings {
  readonly DB?: D1Binding;
  /** `d1`: tenants, keys and verdicts are kept in `DB`. Anything else: an open service that keeps nothing. */
  readonly LINESIEVE_STORE?: string;
  /** Static files, those of swagger-ui-dist below `/swagger-ui/`; without them there is no `/docs`. */
  readonly ASSETS?: { fetch(address: string): Promise<Response> };
}

/** Rows that one run of the cron deletes of each table: within the time of an invocation, and a backlog is gone in hours. */
const PURGE_ROWS = 1_000;

/** One sieve per isolate, made by the first request that needs it: an isolate may not compute before one comes. */
const parts = once(async () => ({ model: await decodeModel(new Uint8Array(model)), policy: parsePolicy(policy) }));
const sieve = once(async () => createSieve(await parts()));

/** One app per isolate: its bindings stay what they are. */
let app: ReturnType<typeof createApp> | null = null;

function appFor(bindings: Bindings): ReturnType<typeof createApp> {
  const store = storeOf(bindings);
  const { ASSETS } = bindings;
  return createApp({
    sieve,
    parts,
    version: VERSION,
    page: consolePage,
    report: (error, requestId) => console.error({ requestId, error }),
    ...(store === null ? {} : { store }),
    ...(ASSETS === undefined ? {} : { docs: (name: string) => assetOf(ASSETS, `/swagger-ui/${name}`) }),
  });
}

function storeOf({ DB, LINESIEVE_STORE }: Bindings): Store | null {
  return DB === undefined || LINESIEVE_STORE !== 'd1' ? null : openStore(d1Backend(DB));
}

/** The host is none: an assets binding looks at the path alone. */
async function assetOf(assets: Required<Bindings>['ASSETS'], path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await assets.fetch(`https://assets.invalid${path}`);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

export default {
  fetch: (request: Request, bindings: Bindings = {}): Response | Promise<Response> =>
    (app ??= appFor(bindings)).fetch(request),
  /** The cron of `wrangler.toml`: sends webhooks that are due, forgets what is past its time. */
  async scheduled(_: unknown, bindings: Bindings): Promise<void> {
    const store = storeOf(bindings);
    if (store === null) return;
    await deliverDue({ store });
    await store.purge(Date.now(), PURGE_ROWS);
  },
};
