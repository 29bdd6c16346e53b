import { Hono, type Context } from 'hono';
import type * as z from 'zod';
import { sampleFaults } from './sample-import.ts';
import type { NewSample } from '../samples/sample.ts';
import type { Addition, SampleRecord } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { timeOf } from './keys.ts';
import type { ModelDesk } from './model-desk.ts';
import { nothingAt, readBody, readQuery } from './parse-body.ts';
import type { ServiceEnv } from './problem.ts';
import type { SampleDesk } from './sample-desk.ts';
import type { sampleRequest } from './schemas-samples.ts';
import type { TenantSieves } from './tenant-sieves.ts';

const schemas = () => import('./schemas-samples.ts');

const DEFAULT_PAGE = 50;
const DEFAULT_QUESTIONS = 20;

/** `/v1/samples`: what people say of texts. Learned from the next check on, and taken back as exactly. */
export function samplesResource(
  dependencies: StoreDependencies,
  desk: SampleDesk,
  sieves: TenantSieves,
  models: ModelDesk,
) {
  const { store } = dependencies;
  return new Hono<ServiceEnv>()
    .get('/v1/samples', async (c) => {
      const { limit = DEFAULT_PAGE, ...filters } = readQuery(c, (await schemas()).sampleQuery);
      const { items, next } = await store.samples.list(tenantOf(c).tenant, { limit, ...filters });
      return c.json({ samples: items.map(shownSample), next });
    })
    .post('/v1/samples', async (c) => {
      const asked = await readBody(c, dependencies, (await schemas()).sampleRequest);
      const sample = sampleFaults(await sampleOf(c, desk, asked));
      const [addition] = await desk.add(tenantOf(c).tenant, [sample]);
      return c.json(shownAddition(addition), 201, { Location: `/v1/samples/${addition.sample.id}` });
    })
    .delete('/v1/samples', async (c) => {
      const { author, unlearned } = readQuery(c, (await schemas()).withdrawQuery);
      const { tenant } = tenantOf(c);
      if ((author === undefined) === (unlearned === undefined))
        throw faultAt('/author', 'name either an author, or unlearned=true');
      if (author === undefined) return c.json({ withdrawn: await models.withdrawUnlearned(tenant) });
      let withdrawn = 0;
      for (let more = -1; more !== 0; withdrawn += more)
        more = await store.samples.withdrawAuthor(tenant, author, 1000);
      return c.json({ withdrawn });
    })
    .get('/v1/samples/queue', async (c) => {
      const { limit = DEFAULT_QUESTIONS } = readQuery(c, (await schemas()).queueQuery);
      const { tenant } = tenantOf(c);
      const { sieve } = await sieves.siteOf(tenant, c.get('requestId'));
      return c.json({ questions: await desk.queue(tenant, limit, sieve) });
    })
    .get('/v1/samples/stats', async (c) => {
      const { tenant } = tenantOf(c);
      return c.json({ ...(await store.samples.counts(tenant)), revision: await store.samples.revision(tenant) });
    })
    .get('/v1/samples/:id', async (c) => {
      const id = c.req.param('id');
      const sample = await store.samples.get(tenantOf(c).tenant, id);
      if (sample === null) throw nothingAt('sample', id);
      return c.json(shownSample(sample));
    })
    .delete('/v1/samples/:id', async (c) => {
      const id = c.req.param('id');
      const { tenant } = tenantOf(c);
      if ((await store.samples.get(tenant, id)) === null) throw nothingAt('sample', id);
      await store.samples.setState(tenant, id, 'withdrawn');
      return c.body(null, 204);
    })
    .put('/v1/samples/:id/state', async (c) => {
      const { state } = await readBody(c, dependencies, (await schemas()).stateRequest);
      const id = c.req.param('id');
      const { tenant } = tenantOf(c);
      if (state === 'active') await letWin(dependencies, tenant, id);
      else await store.samples.setState(tenant, id, state);
      const sample = await store.samples.get(tenant, id);
      if (sample === null) throw nothingAt('sample', id);
      return c.json(shownSample(sample));
    });
}

/** A person decides a conflict: the label that was learned until now is ignored. */
async function letWin({ store }: StoreDependencies, tenant: string, id: string): Promise<void> {
  const sample = await store.samples.get(tenant, id);
  if (sample === null) throw nothingAt('sample', id);
  const other = await store.samples.activeWith(tenant, sample.textHash);
  if (other !== null && other.id !== id) await store.samples.setState(tenant, other.id, 'ignored');
  await store.samples.setState(tenant, id, 'active');
}

async function sampleOf(
  c: Context<ServiceEnv>,
  desk: SampleDesk,
  asked: z.infer<typeof sampleRequest>,
): Promise<NewSample> {
  const { tenant, keyId } = tenantOf(c);
  const { text, verdictId = null, span = null, label, category = null, language = null } = asked;
  const said = {
    label,
    category,
    language,
    origin: 'human' as const,
    author: asked.author ?? keyId,
    site: asked.site ?? null,
  };
  if (text !== undefined && span === null) {
    return { ...said, text, documentId: asked.documentId ?? null, verdictId, span: null };
  }
  if (verdictId === null || span === null || text !== undefined) {
    throw faultAt('', 'a sample is either text, or a verdictId with a span of its document');
  }
  if (span.start >= span.end) throw faultAt('/span', 'start must be before end');
  const record = await desk.textOf(tenant, verdictId, span);
  return { ...said, text: record.text, documentId: asked.documentId ?? record.documentId, verdictId, span };
}

export function shownSample(sample: SampleRecord) {
  const { id, text, label, category, language, origin, author, site, documentId, verdictId } = sample;
  const { influence, createdAt, state, revision } = sample;
  const facts = { id, text, label, category, language, origin, author, site, documentId, verdictId };
  return { ...facts, influence, createdAt: timeOf(createdAt), state, revision };
}

export function shownAddition({ sample, outcome, with: other }: Addition) {
  return { ...shownSample(sample), outcome, with: other };
}
