import { Hono, type Context } from 'hono';
import type { AuditRecord } from '../store/store.ts';
import { auditEvents } from './audit-events.ts';
import type { AuditJobs, AuditWish } from './audit-jobs.ts';
import { REPORT_TYPES } from './audit-report-types.ts';
import { uploadOf } from './audit-upload.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { knownPolicy } from './judge.ts';
import { timeOf } from './keys.ts';
import { nothingAt, readBody, readQuery } from './parse-body.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import type { TenantSieves } from './tenant-sieves.ts';

const schemas = () => import('./schemas-audits.ts');

/** Shards with findings or notices of one answer. */
const PAGE_SHARDS = 20;

/** `/v1/audits`: pages and uploads are looked through in the background; what was found is read by pages, or as reports. */
export function auditsResource(dependencies: StoreDependencies, jobs: () => Promise<AuditJobs>, sieves: TenantSieves) {
  const { audits } = dependencies.store;
  const auditAt = async (c: Context<ServiceEnv>): Promise<AuditRecord> => {
    const id = c.req.param('id') ?? '';
    const audit = await audits.get(tenantOf(c).tenant, id);
    if (audit === null) throw nothingAt('audit', id);
    return audit;
  };
  return new Hono<ServiceEnv>()
    .get('/v1/audits', async (c) => {
      const { limit = 50, cursor } = readQuery(c, (await schemas()).auditListQuery);
      const query = { limit, ...(cursor === undefined ? {} : { cursor }) };
      const { items, next } = await audits.list(tenantOf(c).tenant, query);
      return c.json({ audits: items.map(shownAudit), next });
    })
    .post('/v1/audits', async (c) => {
      const { tenant } = tenantOf(c);
      const id = await begin(c, dependencies, await jobs(), sieves);
      const audit = await audits.get(tenant, id);
      if (audit === null) throw nothingAt('audit', id);
      inBackground(c, dependencies, await jobs());
      return c.json(shownAudit(audit), 202, { Location: `/v1/audits/${id}` });
    })
    .get('/v1/audits/:id', async (c) => c.json(shownAudit(await auditAt(c))))
    .delete('/v1/audits/:id', async (c) => {
      const { id } = await auditAt(c);
      await (await jobs()).remove(tenantOf(c).tenant, id);
      return c.body(null, 204);
    })
    .post('/v1/audits/:id/cancel', async (c) => {
      const { id } = await auditAt(c);
      await audits.cancel(tenantOf(c).tenant, id, (dependencies.clock ?? Date.now)());
      return c.json(shownAudit(await auditAt(c)));
    })
    .delete('/v1/audits/:id/schedule', async (c) => {
      const { id } = await auditAt(c);
      await audits.stopRepeating(tenantOf(c).tenant, id);
      return c.body(null, 204);
    })
    .get('/v1/audits/:id/events', async (c) => {
      const { id } = await auditAt(c);
      return auditEvents(c, () => audits.get(tenantOf(c).tenant, id), shownAudit);
    })
    .get('/v1/audits/:id/findings', async (c) => {
      const { id } = await auditAt(c);
      const { tenant } = tenantOf(c);
      const after = afterOf(readQuery(c, (await schemas()).auditPageQuery).cursor);
      const shards = await audits.shards(tenant, id, { after, limit: PAGE_SHARDS, having: 'findings' });
      const folder = (await jobs()).folder(tenant, id);
      const rows = await Promise.all(shards.map(({ shard }) => folder.rows(shard)));
      return c.json({ findings: rows.flat(), next: nextOf(shards) });
    })
    .get('/v1/audits/:id/notices', async (c) => {
      const { id } = await auditAt(c);
      const { tenant } = tenantOf(c);
      const after = afterOf(readQuery(c, (await schemas()).auditPageQuery).cursor);
      const shards = await audits.shards(tenant, id, { after, limit: PAGE_SHARDS, having: 'notices' });
      const notices = await Promise.all(
        shards.map(async ({ shard, error }) => {
          if (error !== null)
            return [{ kind: 'error', place: { source: `shard ${shard}` }, code: 'shard', detail: error }];
          return await (await jobs()).folder(tenant, id).notices(shard);
        }),
      );
      return c.json({ notices: notices.flat(), next: nextOf(shards) });
    })
    .get('/v1/audits/:id/reports/:name', async (c) => {
      const { id, state } = await auditAt(c);
      const name = c.req.param('name');
      const type = Object.hasOwn(REPORT_TYPES, name) ? REPORT_TYPES[name] : undefined;
      if (type === undefined) throw nothingAt('report', name);
      const bytes = await (await jobs()).folder(tenantOf(c).tenant, id).report(name);
      if (bytes === null)
        throw new ProblemError('conflict', `the audit is ${state}; its reports are there when it is done`);
      const headers = { 'Content-Type': type, 'Content-Disposition': `inline; filename="${name}"` };
      return c.body(bytes as Uint8Array<ArrayBuffer>, 200, headers);
    });
}

/** Starts an audit of what the body is or names; gives its id. */
async function begin(
  c: Context<ServiceEnv>,
  dependencies: StoreDependencies,
  jobs: AuditJobs,
  sieves: TenantSieves,
): Promise<string> {
  const { tenant, keyId } = tenantOf(c);
  const { sieve } = await sieves.siteOf(tenant, c.get('requestId'));
  const upload = uploadOf(c, dependencies);
  if (upload !== null) {
    const { policy, author = keyId } = readQuery(c, (await schemas()).auditQuery);
    knownPolicy(sieve, policy);
    const wish: AuditWish = { source: upload.source, policy: policy ?? null, author, everyHours: null };
    return await jobs.upload(tenant, wish, upload.items);
  }
  const asked = await readBody(c, dependencies, (await schemas()).auditRequest);
  const { urls = [], sitemap, policy = null, author = keyId, everyHours = null } = asked;
  knownPolicy(sieve, policy ?? undefined);
  const source =
    sitemap === undefined
      ? ({ kind: 'urls', addresses: urls.length } as const)
      : ({ kind: 'sitemap', sitemap } as const);
  return await jobs.queue(tenant, { source, policy, author, everyHours }, urls);
}

/** On the edge without a queue the invocation is held open for it; on Node upkeep takes it up in a moment, and can be stopped. */
function inBackground(c: Context<ServiceEnv>, { auditQueue, report }: StoreDependencies, jobs: AuditJobs): void {
  const context = auditQueue === undefined ? contextOf(c) : null;
  context?.waitUntil(jobs.runDue().catch((error: unknown) => report?.(error, c.get('requestId'))));
}

function contextOf(c: Context<ServiceEnv>): Context<ServiceEnv>['executionCtx'] | null {
  try {
    return c.executionCtx;
  } catch {
    return null;
  }
}

function shownAudit({ attempts: _attempts, shards, settled, ...audit }: AuditRecord) {
  const { createdAt, startedAt, finishedAt, nextAt, expiresAt, state } = audit;
  const progress = state === 'done' ? 1 : shards === 0 ? 0 : settled / shards;
  const times = { createdAt: timeOf(createdAt), startedAt: timeOf(startedAt), finishedAt: timeOf(finishedAt) };
  return { ...audit, progress, ...times, nextAt: timeOf(nextAt), expiresAt: timeOf(expiresAt) };
}

/** The shard behind which a page begins. Throws an `invalid-request` problem. */
function afterOf(cursor: string | undefined): number {
  if (cursor === undefined) return -1;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw faultAt('/cursor', 'is not one that this list gave; ask for the first page again');
}

function nextOf(shards: readonly { readonly shard: number }[]): string | null {
  return shards.length < PAGE_SHARDS ? null : String(shards[shards.length - 1].shard);
}
