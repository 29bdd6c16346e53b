import card from '../models/base/card.json' with { type: 'json' };
import model from '../models/base/model.bin';
import policy from '../models/base/policy.json' with { type: 'json' };
import rules from './rules/builtin.bin';
import kernel from './verdict/first-stage.wasm';
import { readModel } from './bayes/codec.ts';
import { decodeCounts } from './bayes/figures.ts';
import { KnownTerms } from './bayes/known-terms.ts';
import { consolePage } from './console/page.ts';
import { parsePolicy, VERSION } from './index.ts';
import { provideRules } from './rules/compiled.ts';
import { createApp, once } from './service/app.ts';
import type { AuditMessage } from './service/audit-queue.ts';
import type { MessageBatch } from './service/edge-upkeep.ts';
import type { Dependencies, EngineParts, StoreDependencies } from './service/dependencies.ts';
import { DEFAULT_LIMITS } from './service/limits.ts';
import { prepareSieve } from './sieve.ts';
import { d1Backend, type D1Binding } from './store/d1-database.ts';
import { openStore } from './store/open-store.ts';
import { bucketAuditFiles } from './store/r2-audit-files.ts';
import { bucketModelFiles, type BucketBinding } from './store/r2-model-files.ts';
import type { Store } from './store/store.ts';
import { parseRows } from './training/corpus.ts';
import { provideKernel } from './verdict/kernel.ts';

/** The edge entry: bindings and bundled data become dependencies, everything else is the service. */

/** What `wrangler.toml` may bind; as much of each as is used. */
export interface Bindings {
  readonly DB?: D1Binding;
  /** `d1`: tenants, keys and verdicts are kept in `DB`. Anything else: an open service that keeps nothing. */
  readonly LINESIEVE_STORE?: string;
  /** Hours between builds where samples have changed; none are made unasked where it is left out. */
  readonly LINESIEVE_RETRAIN_HOURS?: string;
  /** Models that are built from samples; without it none are. */
  readonly MODELS?: BucketBinding;
  /** Audits and what they found; without it there are none. */
  readonly AUDITS?: BucketBinding;
  /** Steps of audits; without it they are done after the request that asked for them, as far as its time goes. */
  readonly AUDIT_QUEUE?: { sendBatch(messages: Iterable<{ body: AuditMessage }>): Promise<unknown> };
  /** Counts the requests of each key, 600 a minute (`wrangler.toml`); the store does where it is left out, for a write a request. */
  readonly RATE_LIMIT?: { limit(options: { key: string }): Promise<{ success: boolean }> };
  /** Static files (`scripts/edge-assets.ts`); without them there is no `/docs`, and nothing is learned from samples. */
  readonly ASSETS?: { fetch(address: string): Promise<Response> };
}

/** Workers compile no WebAssembly but what was bundled. */
provideKernel(kernel);
provideRules(new Uint8Array(rules));

/** One sieve per isolate, laid out when it starts: no request pays for it. An isolate may not wait for a promise before one comes. */
const engine = { model: readModel(new Uint8Array(model)), policy: parsePolicy(policy) };
const sieve = once(prepareSieve(engine));

/** One app per isolate: its bindings stay what they are. */
let app: ReturnType<typeof createApp> | null = null;

function appFor(bindings: Bindings): ReturnType<typeof createApp> {
  const store = storeOf(bindings);
  const { ASSETS, RATE_LIMIT } = bindings;
  return createApp({
    ...engineParts(bindings),
    page: consolePage,
    ...(store === null ? {} : { store }),
    ...(RATE_LIMIT === undefined ? {} : { rateCounter: async (key) => (await RATE_LIMIT.limit({ key })).success }),
    ...(ASSETS === undefined ? {} : { docs: (name: string) => assetOf(ASSETS, `/swagger-ui/${name}`) }),
  });
}

/** What requests and the cron have in common. */
function engineParts({ ASSETS, MODELS, AUDITS, AUDIT_QUEUE }: Bindings): Omit<Dependencies, 'limits'> {
  return {
    sieve,
    parts: ASSETS === undefined ? () => Promise.resolve(engine) : learningParts(ASSETS),
    version: VERSION,
    report: (error, requestId) => console.error({ requestId, error }),
    ...(MODELS === undefined ? {} : { modelFiles: bucketModelFiles(MODELS) }),
    ...(AUDITS === undefined ? {} : { auditFiles: bucketAuditFiles(AUDITS) }),
    ...(AUDIT_QUEUE === undefined ? {} : { auditQueue: { send: (messages) => sendAll(AUDIT_QUEUE, messages) } }),
  };
}

async function sendAll(queue: Required<Bindings>['AUDIT_QUEUE'], messages: readonly AuditMessage[]): Promise<void> {
  await queue.sendBatch(messages.map((body) => ({ body })));
}

/** The base model with what learning needs, which is fetched when it is first asked for. */
function learningParts(assets: Required<Bindings>['ASSETS']): () => Promise<EngineParts> {
  const needed = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await assetOf(assets, path);
    if (bytes === null) throw new Error(`the asset ${path} is missing: run scripts/edge-assets.ts and deploy again`);
    return bytes;
  };
  const counts = once(async () => await decodeCounts(await needed('/base/counts.bin')));
  const knownTerms = once(async () => await KnownTerms.decode(await needed('/base/known-terms.bin')));
  const heldOut = once(async () => {
    const files = ['legit.jsonl', 'spam.jsonl'].map(async (name) =>
      parseRows(name, new TextDecoder().decode(await needed(`/heldout/${name}`))),
    );
    return (await Promise.all(files)).flat();
  });
  return () => Promise.resolve({ ...engine, counts, heldOut, knownTerms, expected: card.expected });
}

function storeOf({ DB, LINESIEVE_STORE }: Bindings): Store | null {
  return DB === undefined || LINESIEVE_STORE !== 'd1' ? null : openStore(d1Backend(DB));
}

/** The host is none: an assets binding looks at the path alone. */
async function assetOf(assets: Required<Bindings>['ASSETS'], path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await assets.fetch(`https://assets.invalid${path}`);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

/** What a runtime gives beside a request. */
interface Invocation {
  waitUntil(work: Promise<unknown>): void;
  passThroughOnException(): void;
  readonly props: unknown;
}

/** `null` where nothing is kept. */
function storedParts(bindings: Bindings): StoreDependencies | null {
  const store = storeOf(bindings);
  return store === null ? null : { ...engineParts(bindings), limits: DEFAULT_LIMITS, store };
}

/**
 * workerd closes the connection of a request whose body was not read, and a client that is still sending never sees the refusal. The platform lets no
 * body of more than 100 MB through.
 */
async function readToEnd(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  try {
    while (!(await reader.read()).done);
  } catch {
    // The client went away.
  }
}

/** What no request waits for is loaded when the cron or the queue calls. */
const upkeep = () => import('./service/edge-upkeep.ts');

export default {
  async fetch(request: Request, bindings: Bindings = {}, context?: Invocation): Promise<Response> {
    const response = await (app ??= appFor(bindings)).fetch(request, bindings, context);
    if (request.body !== null && !request.bodyUsed) await readToEnd(request.body);
    return response;
  },
  /** The cron of `wrangler.toml`. */
  async scheduled(_: unknown, bindings: Bindings): Promise<void> {
    const dependencies = storedParts(bindings);
    if (dependencies === null) return;
    await (await upkeep()).runCron(dependencies, Number(bindings.LINESIEVE_RETRAIN_HOURS ?? 0));
  },
  /** The steps of audits. */
  async queue(batch: MessageBatch, bindings: Bindings): Promise<void> {
    const dependencies = storedParts(bindings);
    if (dependencies !== null) await (await upkeep()).doSteps(dependencies, batch);
  },
};
