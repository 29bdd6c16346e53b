import { Hono, type Context } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { checkResource } from './check.ts';
import type { Dependencies } from './dependencies.ts';
import { healthResource } from './health.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { openapiResource } from './openapi.ts';
import { pageResource } from './page.ts';
import { ProblemError, sendProblem, type ServiceEnv } from './problem.ts';

export type { Dependencies, Page } from './dependencies.ts';
export type { Limits } from './limits.ts';
export { once } from './once.ts';

/** What an app is made of; `limits` that are left out have their defaults. */
export type AppOptions = Omit<Dependencies, 'limits'> & { readonly limits?: Partial<Limits> };

/** A request id that is sane is taken over; a longer one would only bloat logs. A UUID has 36 characters, a trace parent 55. */
const LONGEST_REQUEST_ID = 128;

/** The HTTP service: `fetch` of what is returned answers requests, on every runtime the same. */
export function createApp(options: AppOptions): Hono<ServiceEnv> {
  const dependencies = { ...options, limits: { ...DEFAULT_LIMITS, ...options.limits } };
  const app = new Hono<ServiceEnv>();
  app.use(requestId({ limitLength: LONGEST_REQUEST_ID }), headers(), methodNotAllowed({ app, onMethodNotAllowed }));
  app.route('/', checkResource(dependencies));
  app.route('/', healthResource(dependencies));
  app.route('/', openapiResource(dependencies));
  if (dependencies.page !== undefined) app.route('/', pageResource(dependencies.page));
  app.notFound((c) => sendProblem(c, new ProblemError('not-found', `there is nothing at ${c.req.path}`)));
  app.onError((error, c) => {
    if (error instanceof ProblemError) return sendProblem(c, error);
    dependencies.report?.(error, c.get('requestId'));
    return sendProblem(c, new ProblemError('internal-error', 'the request could not be answered; the fault is ours'));
  });
  return app;
}

/** Answers are data: no browser may run, frame or keep them. Sub-domains are not ours to promise HTTPS for. */
function headers() {
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    strictTransportSecurity: 'max-age=15552000',
    overwrite: false,
  });
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
