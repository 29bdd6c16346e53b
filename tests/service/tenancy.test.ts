import { beforeAll, describe, expect, it } from 'vitest';
import { audit, model, NOW, sample, siteRule, verdict, webhook } from '../store/samples.ts';
import { storeApp } from './store-app.ts';

const { app, store, call, key } = storeApp({ rateLimit: null });
const ROUTES = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'));
const WITH_ID = ROUTES.filter(({ path }) => path.includes(':'));
const LISTS = ROUTES.filter(({ method, path }) => method === 'GET' && !path.includes(':'));

/** Ids of the one tenant, by the first part of a route. */
const ids: Record<string, string> = {
  verdicts: 'verdict-of-a',
  rules: 'rule-of-a',
  webhooks: 'hook-of-a',
  samples: 'sample-of-a',
  models: 'model-of-a',
  audits: 'audit-of-a',
};
let a = '';
let b = '';

beforeAll(async () => {
  [a, b] = [await key('a', 'admin'), await key('b', 'admin')];
  const engine = { version: '0.0.0', model: 'a'.repeat(64), rules: 'b'.repeat(64), policy: 'c'.repeat(64) };
  const kept = { posterior: 0, spans: [], options: {}, engine };
  await store.verdicts.put('a', [verdict('verdict-of-a', kept)]);
  const pattern = JSON.stringify({ literals: ['xx'], hits: ['xx'], misses: ['y'] });
  await store.rules.put('a', siteRule('rule-of-a', { pattern }));
  await store.webhooks.create('a', webhook('hook-of-a'));
  await store.samples.add('a', [sample('sample-of-a')]);
  await store.models.put('a', model('model-of-a'));
  await store.jobs.create('a', { id: 'model-of-a', kind: 'train', input: {}, createdAt: NOW });
  await store.audits.create('a', audit('audit-of-a'));
  await store.usage.add('a', '2026-01-01', { requests: 1, documents: 1, lines: 1, characters: 4711, flagged: 0 });
  const [own] = await store.keys.list('a');
  ids['keys'] = own?.id ?? '';
});

/** Everything that is stored for tenant `a`. */
async function snapshot(): Promise<string> {
  const [keys, rules, hooks] = [store.keys.list('a'), store.rules.list('a', NOW), store.webhooks.list('a')];
  const shown = (await keys).map((one) => ({ ...one, lastUsedAt: null }));
  const learning = [
    store.samples.list('a', { limit: 9 }),
    store.models.list('a', { limit: 9 }),
    store.jobs.get('a', 'model-of-a'),
    store.audits.get('a', 'audit-of-a'),
  ];
  const verdicts = await store.verdicts.get('a', 'verdict-of-a', NOW);
  return JSON.stringify([shown, await rules, await hooks, verdicts, await Promise.all(learning)]);
}

const BODIES: Record<string, unknown> = {
  'POST /v1/keys/:id/rotate': { overlapSeconds: 0 },
  'PUT /v1/samples/:id/state': { state: 'withdrawn' },
  'POST /v1/models/:id/promote': { reason: 'b' },
  'PUT /v1/rules/:id': { kind: 'allow', literals: ['savings bonus'], author: 'b', reason: 'b' },
};

describe("another tenant's ids", () => {
  it('are tried on every route that takes one', () => {
    const known = WITH_ID.filter(({ path }) => ids[path.split('/')[2] ?? ''] !== undefined);
    expect(WITH_ID.length).toBeGreaterThan(8);
    expect(known.map(({ path }) => path)).toEqual(WITH_ID.map(({ path }) => path));
  });

  it.each(WITH_ID)('are nothing to $method $path', async ({ method, path }) => {
    const id = ids[path.split('/')[2] ?? ''] ?? '';
    const before = await snapshot();
    const response = await call(b, method, path.replace(/:\w+/, id), BODIES[`${method} ${path}`]);
    // A PUT makes one's own; without `parts` this app says so.
    expect(response.status).toBe(path === '/v1/rules/:id' && method === 'PUT' ? 503 : 404);
    expect(await snapshot()).toBe(before);
  });

  it.each(LISTS)('are in no list of $path', async ({ path }) => {
    const text = await (await call(b, 'GET', path)).text();
    for (const id of Object.values(ids)) expect(text).not.toContain(id);
    expect(text).not.toContain('4711');
  });

  it.each(['verdicts', 'rules', 'webhooks', 'keys', 'samples', 'models', 'audits'])(
    'are seen by their owner at %s',
    async (name) => {
      expect(await (await call(a, 'GET', `/v1/${name}`)).text()).toContain(ids[name]);
    },
  );
});
