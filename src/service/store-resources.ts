import { Hono } from 'hono';
import { auditsResource } from './audits.ts';
import { authenticate, keyCheck, tenantOf } from './authenticate.ts';
import { allowTenantOrigins, answerPreflight } from './cross-origin.ts';
import type { StoreDependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { idempotent } from './idempotency.ts';
import { DriftWatch } from './drift-watch.ts';
import { FigureCollector } from './figure-collector.ts';
import type { Judged } from './judged.ts';
import { keysResource } from './keys.ts';
import { verdictLog } from './log-verdict.ts';
import { once } from './once.ts';
import { ModelDesk } from './model-desk.ts';
import { modelsResource } from './models.ts';
import { policyResource } from './policy-resource.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { countRequest, limitRate } from './rate-limit.ts';
import { SampleDesk } from './sample-desk.ts';
import { sampleTransferResource } from './sample-transfer.ts';
import { samplesResource } from './samples.ts';
import { shadowing } from './shadow.ts';
import { siteStateOf } from './site-state.ts';
import { siteRulesResource } from './site-rules.ts';
import { hasScope } from './tenant.ts';
import { TenantSieves } from './tenant-sieves.ts';
import { usageResource } from './usage.ts';
import { verdictsResource } from './verdicts.ts';
import { webhooksResource } from './webhooks.ts';
import { submittedSamples } from './submitted-samples.ts';
import type { StoreError, StoreErrorCode } from '../store/store-error.ts';

/** What a store adds to a service: who may enter, what the other resources ask, and resources of its own. */
export interface StoreParts {
  readonly dependencies: StoreDependencies;
  /** To be mounted before all that is under `/v1`. */
  readonly gate: Hono<ServiceEnv>;
  readonly resources: Hono<ServiceEnv>;
}

export function storeParts(given: StoreDependencies): StoreParts {
  const check = keyCheck(given);
  const sieves = new TenantSieves(given);
  const samples = new SampleDesk(given);
  const log = verdictLog(given);
  const shadow = shadowing(given);
  const drift = new DriftWatch(given);
  const figures = new FigureCollector(given.store, async () => (await drift.parts()).novelty);
  const count = async (tenant: string, judged: readonly Judged[]): Promise<void> => {
    const now = (given.clock ?? Date.now)();
    for (const written of await figures.add(tenant, judged, now)) await drift.look(written, now);
  };
  const dependencies: StoreDependencies = {
    siteOf: async (c) => sieves.siteOf(tenantOf(c).tenant, c.get('requestId'), await siteStateOf(c, given)),
    keep: async (c, judged) => {
      await log(c, judged);
      await Promise.all([count(tenantOf(c).tenant, judged), shadow(c, judged)]);
    },
    degraded: () => sieves.degraded(),
    drifted: () => drift.drifted,
    samples: submittedSamples(samples),
    akismetKey: async (c, plain, scope) => {
      const context = await check(plain);
      if (context === null) return 'unknown';
      if (!hasScope(context, scope)) return 'lacking';
      await countRequest(given, context.keyId);
      c.set('tenant', context);
      return 'good';
    },
    ...given,
  };
  const gate = new Hono<ServiceEnv>();
  gate.use('/v1/*', answerPreflight(given), authenticate(check), allowTenantOrigins());
  gate.use('/v1/*', limitRate(given), idempotent(given));
  const resources = new Hono<ServiceEnv>();
  resources.route('/', keysResource(dependencies));
  resources.route('/', verdictsResource(dependencies, sieves));
  resources.route('/', siteRulesResource(dependencies, sieves));
  resources.route('/', policyResource(dependencies, sieves));
  resources.route('/', sampleTransferResource(dependencies, samples));
  const models = new ModelDesk(dependencies);
  resources.route('/', samplesResource(dependencies, samples, sieves, models));
  // Builds and audits are half of the service's code: it is loaded when one of them is asked for.
  const training = once(async () => new (await import('./training-jobs.ts')).TrainingJobs(dependencies, models));
  resources.route('/', modelsResource(dependencies, models, training, drift));
  const audits = once(async () => new (await import('./audit-jobs.ts')).AuditJobs(dependencies, sieves));
  resources.route('/', auditsResource(dependencies, audits, sieves));
  resources.route('/', usageResource(dependencies));
  resources.route('/', webhooksResource(dependencies));
  return { dependencies, gate, resources };
}

/** Failures that may pass: the request was not done, and may be sent again. */
const PASSING: ReadonlySet<StoreErrorCode> = new Set(['busy', 'full', 'read-only', 'unavailable']);

/** Whether somebody who runs the service should hear of a failure: it does not pass by itself. */
export function isForOperator({ code }: StoreError): boolean {
  return code === 'full' || code === 'read-only' || code === 'unavailable';
}

/** What a client is told of a failure of the store; `null` where it is not its business. */
export function problemOfStore({ code, message }: StoreError): ProblemError | null {
  if (code === 'bad-cursor') return faultAt('/cursor', message);
  if (code === 'conflict')
    return new ProblemError('conflict', 'somebody else was faster, or an id is taken; look and try again');
  if (!PASSING.has(code)) return null;
  return new ProblemError('not-ready', 'the store cannot take it now; try again later', {}, { 'Retry-After': '5' });
}
