import { Hono } from 'hono';
import type { Policy } from '../index.ts';
import type { TenantSettings } from '../store/store.ts';
import { chosenPolicy } from '../verdict/policy.ts';
import { tenantOf } from './authenticate.ts';
import { readySieve, type StoreDependencies } from './dependencies.ts';
import { knownPolicy } from './judge.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import { readBody } from './parse-body.ts';
import type { ServiceEnv } from './problem.ts';
import { overridden, type TenantSieves } from './tenant-sieves.ts';

const schemas = () => import('./schemas-policy.ts');

/** `/v1/policy`: by what the documents of a site are decided on, what is kept of them, and whose pages may ask. */
export function policyResource(dependencies: StoreDependencies, sieves: TenantSieves) {
  const { store, clock = Date.now } = dependencies;
  const settingsOf = async (tenant: string) => (await store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
  const shown = async ({ policy, retain, retentionDays, corsOrigins }: TenantSettings, requestId: string) => {
    const { policies: available } = await readySieve(dependencies, requestId);
    const inForce = await effective(dependencies, policy, available);
    return { policy, retain, retentionDays, corsOrigins, available, effective: inForce };
  };
  return new Hono<ServiceEnv>()
    .get('/v1/policy', async (c) => c.json(await shown(await settingsOf(tenantOf(c).tenant), c.get('requestId'))))
    .put('/v1/policy', async (c) => {
      const { tenant } = tenantOf(c);
      const request = await readBody(c, dependencies, (await schemas()).policyRequest);
      if (typeof request.policy === 'string') {
        knownPolicy(await readySieve(dependencies, c.get('requestId')), request.policy);
      } else if (request.policy !== null) overridden((await sieves.parts()).policy, request.policy);
      const settings = { ...(await settingsOf(tenant)), ...request, updatedAt: clock() };
      await store.settings.put(tenant, settings);
      return c.json(await shown(settings, c.get('requestId')));
    });
}

/** Of a service that was started without its parts, only the name is known. */
async function effective(
  { parts }: StoreDependencies,
  setting: TenantSettings['policy'],
  available: readonly string[],
): Promise<Pick<Policy, 'name'> & Partial<Policy>> {
  const name = typeof setting === 'string' ? setting : (available[0] ?? '');
  if (parts === undefined) return { name };
  const { policy } = await parts();
  const own =
    setting !== null && typeof setting === 'object' ? overridden(policy, setting) : chosenPolicy(policy, name);
  return { name: own.name, thresholds: own.thresholds, blockBelow: own.blockBelow };
}
