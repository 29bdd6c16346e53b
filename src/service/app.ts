import { Hono, type Context } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { akismetResource } from './akismet.ts';
import { answerHeaders } from './answer-headers.ts';
import { batchResource } from './batch.ts';
import { checkResource } from './check.ts';
import { allowOrigins } from './cross-origin.ts';
import type { Dependencies } from './dependencies.ts';
import { docsResource } from './docs.ts';
import { healthResource } from './health.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { metricsResource } from './metrics-resource.ts';
import { measure, Metrics } from './metrics.ts';
import { openapiResource } from './openapi.ts';
import { pageResource } from './page.ts';
import { ProblemError, sendProblem, type ServiceEnv } from './problem.ts';
import { isForOperator, problemOfStore, storeParts } from './store-resources.ts';
import { StoreError } from '../store/store-error.ts';

export type { Dependencies, Page } from './dependencies.ts';
export type { Limits } from './limits.ts';
export { createKey, ensureFirstKey } from './api-key.ts';
export { once } from './once.ts';
export { deliverDue } from './webhook-delivery.ts';

/** What an app is made of; `limits` that are left out have their defaults. */
export type AppOptions = Omit<Dependencies, 'limits'> & { readonly limits?: Partial<Limits> };

/** The HTTP service: `fetch` of what is returned answers requests, on every runtime the same. */
export function createApp(options: AppOptions): Hono<ServiceEnv> {
  const metrics = options.metrics ?? new Metrics();
  const given: Dependencies = { ...options, metrics, limits: { ...DEFAULT_LIMITS, ...options.limits } };
  const kept = given.store === undefined ? null : storeParts({ ...given, store: given.store });
  const dependencies = kept?.dependencies ?? given;
  const app = new Hono<ServiceEnv>();
  app.use(measure(metrics), answerHeaders(), methodNotAllowed({ app, onMethodNotAllowed }));
  if (given.corsOrigins !== undefined && given.corsOrigins.length > 0)
    app.use('/v1/*', allowOrigins(given.corsOrigins));
  if (kept !== null) app.route('/', kept.gate);
  app.route('/', checkResource(dependencies));
  app.route('/', batchResource(dependencies));
  if (kept !== null) app.route('/', kept.resources);
  app.route('/', akismetResource(dependencies));
  app.route('/', healthResource(dependencies));
  app.route('/', metricsResource(metrics, dependencies));
  app.route('/', openapiResource(dependencies));
  if (dependencies.docs !== undefined) app.route('/', docsResource(dependencies.docs));
  if (dependencies.page !== undefined) app.route('/', pageResource(dependencies.page));
  app.notFound((c) => sendProblem(c, new ProblemError('not-found', `there is nothing at ${c.req.path}`)));
  app.onError((error, c) => {
    const problem = error instanceof StoreError ? problemOfStore(error) : error;
    if (error instanceof StoreError && isForOperator(error)) dependencies.report?.(error, c.get('requestId'));
    if (problem instanceof ProblemError) return sendProblem(c, problem);
    dependencies.report?.(error, c.get('requestId'));
    return sendProblem(c, new ProblemError('internal-error', 'the request could not be answered; the fault is ours'));
  });
  return app;
}

function onMethodNotAllowed(c: Context<ServiceEnv>, methods: readonly string[]): Response {
  const allow = methods.join(', ');
  const response = sendProblem(
    c,
    new ProblemError('method-not-allowed', `${c.req.path} takes ${allow}, not ${c.req.method}`),
  );
  response.headers.set('Allow', allow);
  return response;
}
