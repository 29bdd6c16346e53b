import { Hono } from 'hono';
import { tenantOf } from './authenticate.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import type { StoreDependencies } from './dependencies.ts';
import { readQuery } from './parse-body.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';

const schemas = () => import('./schemas-usage.ts');

const DEFAULT_DAYS = 30;
/** Two years and a day: a year against the one before. */
const MOST_DAYS = 732;

/** `/v1/usage`: what a site has used, day by day. */
export function usageResource({ store, clock = Date.now }: StoreDependencies) {
  return new Hono<ServiceEnv>().get('/v1/usage', async (c) => {
    const { from, to = dayOf(clock()) } = readQuery(c, (await schemas()).usageQuery);
    const first = from ?? dayOf(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY_MS);
    const days = (Date.parse(to) - Date.parse(first)) / DAY_MS + 1;
    if (days >= 1 && days <= MOST_DAYS) return c.json({ days: await store.usage.range(tenantOf(c).tenant, first, to) });
    const detail = `to must not be before from, and at most ${MOST_DAYS} days may lie between; ask for less`;
    throw new ProblemError('invalid-request', detail, { errors: [{ pointer: '/from', detail }] });
  });
}
