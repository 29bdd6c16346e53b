import { Hono, type Context } from 'hono';
import type { JobRecord, ModelAliases, ModelRecord } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { DriftWatch } from './drift-watch.ts';
import { timeOf } from './keys.ts';
import type { ModelDesk, Rollback } from './model-desk.ts';
import { nothingAt, readBody, readQuery } from './parse-body.ts';
import type { ServiceEnv } from './problem.ts';
import type { TrainingJobs } from './training-jobs.ts';

const schemas = () => import('./schemas-models.ts');

const PAGE = 100;
const DEFAULT_SHARE = 0.1;

/** `/v1/models`: builds of the base model and a site's samples; which of them judges, and how it came to that. */
export function modelsResource(
  dependencies: StoreDependencies,
  desk: ModelDesk,
  jobs: () => Promise<TrainingJobs>,
  drift: DriftWatch,
) {
  const { store, clock = Date.now } = dependencies;
  return new Hono<ServiceEnv>()
    .get('/v1/models', async (c) => {
      const { tenant } = tenantOf(c);
      const aliases = await store.models.aliases(tenant);
      const { items } = await store.models.list(tenant, { limit: PAGE });
      const base = (await dependencies.parts?.())?.model.digest ?? '';
      return c.json({ ...shownAliases(aliases), base, models: items.map((model) => shownModel(model, aliases)) });
    })
    .post('/v1/models/train', async (c) => {
      const {
        reason,
        author = tenantOf(c).keyId,
        promote = true,
      } = await readBody(c, dependencies, (await schemas()).trainRequest);
      const { tenant } = tenantOf(c);
      const id = await (await jobs()).queue(tenant, { reason, author, promote });
      inBackground(c, dependencies, await jobs());
      return c.json(shownJob(await jobAt(dependencies, tenant, id)), 202, { Location: `/v1/models/jobs/${id}` });
    })
    .get('/v1/models/jobs', async (c) => {
      const { items } = await store.jobs.list(tenantOf(c).tenant, { kind: 'train', limit: 50 });
      return c.json({ jobs: items.map(shownJob) });
    })
    .get('/v1/models/jobs/:id', async (c) =>
      c.json(shownJob(await jobAt(dependencies, tenantOf(c).tenant, c.req.param('id')))),
    )
    .delete('/v1/models/jobs/:id', async (c) => {
      const { tenant } = tenantOf(c);
      await jobAt(dependencies, tenant, c.req.param('id'));
      await store.jobs.cancel(tenant, c.req.param('id'), clock());
      return c.body(null, 204);
    })
    .get('/v1/models/compare', async (c) => {
      const { a, b } = readQuery(c, (await schemas()).compareQuery);
      return c.json(await desk.compare(tenantOf(c).tenant, a, b));
    })
    .get('/v1/models/history', async (c) => {
      const promotions = await store.models.history(tenantOf(c).tenant, PAGE);
      return c.json({ promotions: promotions.map((one) => ({ ...one, at: timeOf(one.at) })) });
    })
    .get('/v1/models/disagreements', async (c) => {
      const { items } = await store.disagreements.list(tenantOf(c).tenant, { limit: PAGE });
      const shown = items.map(({ expiresAt: _expiresAt, ...one }) => ({ ...one, at: timeOf(one.at) }));
      return c.json({ disagreements: shown });
    })
    .get('/v1/models/drift', async (c) => c.json(await drift.of(tenantOf(c).tenant)))
    .put('/v1/models/challenger', async (c) => {
      const { digest, share = DEFAULT_SHARE } = await readBody(c, dependencies, (await schemas()).challengerRequest);
      return c.json(shownAliases(await desk.setChallenger(tenantOf(c).tenant, digest, share)));
    })
    .post('/v1/models/rollback', async (c) => {
      const asked = await readBody(c, dependencies, (await schemas()).rollbackRequest);
      const { reason, author = tenantOf(c).keyId, withdraw = false } = asked;
      return c.json(shownRollback(await desk.rollback(tenantOf(c).tenant, { reason, author }, withdraw)));
    })
    .post('/v1/models/prune', async (c) => {
      const { keep } = await readBody(c, dependencies, (await schemas()).pruneRequest);
      return c.json({ pruned: await desk.prune(tenantOf(c).tenant, keep) });
    })
    .get('/v1/models/:id', async (c) => {
      const { tenant } = tenantOf(c);
      const model = await store.models.get(tenant, c.req.param('id'));
      if (model === null) throw nothingAt('model', c.req.param('id'));
      return c.json(shownModel(model, await store.models.aliases(tenant)));
    })
    .post('/v1/models/:id/promote', async (c) => {
      const asked = await readBody(c, dependencies, (await schemas()).promoteRequest);
      const { reason, author = tenantOf(c).keyId, override = false } = asked;
      const aliases = await desk.promote(tenantOf(c).tenant, c.req.param('id'), { reason, author }, override);
      return c.json(shownAliases(aliases));
    });
}

/** On the edge the invocation is held open for it; elsewhere upkeep would take the job up in a moment anyway. */
function inBackground(c: Context<ServiceEnv>, { report }: StoreDependencies, jobs: TrainingJobs): void {
  const work = jobs.runDue().catch((error: unknown) => report?.(error, c.get('requestId')));
  try {
    c.executionCtx.waitUntil(work);
  } catch {
    // Not a worker: there is no invocation to hold open.
  }
}

async function jobAt({ store }: StoreDependencies, tenant: string, id: string): Promise<JobRecord> {
  const job = await store.jobs.get(tenant, id);
  if (job === null || job.kind !== 'train') throw nothingAt('job', id);
  return job;
}

function shownJob({ leaseUntil: _lease, attempts: _attempts, ...job }: JobRecord) {
  const { createdAt, startedAt, finishedAt } = job;
  return { ...job, createdAt: timeOf(createdAt), startedAt: timeOf(startedAt), finishedAt: timeOf(finishedAt) };
}

function shownModel(model: ModelRecord, aliases: ModelAliases) {
  const names = (['champion', 'previous', 'challenger'] as const).filter((name) => aliases[name] === model.digest);
  return { ...model, createdAt: timeOf(model.createdAt), aliases: names };
}

function shownRollback({ aliases, unlearned, withdrawn }: Rollback) {
  const note = `labels that are not in this model and will be in the next build: ${unlearned}; withdraw them all by DELETE /v1/samples?unlearned=true`;
  return { ...shownAliases(aliases), unlearned, withdrawn, ...(unlearned === 0 ? {} : { note }) };
}

function shownAliases({ previous = null, ...aliases }: ModelAliases) {
  return { ...aliases, previous };
}
