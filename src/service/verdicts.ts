import { Hono } from 'hono';
import type { CheckInput, EngineStamp, Verdict } from '../index.ts';
import type { VerdictRecord, VerdictSummary } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { judge } from './judge.ts';
import type { Asked, Site } from './judged.ts';
import { timeOf } from './keys.ts';
import { nothingAt, readQuery } from './parse-body.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import type { TenantSieves } from './tenant-sieves.ts';

const schemas = () => import('./schemas-verdicts.ts');

/** A page that a person scrolls through; the store gives up to 1000. */
const DEFAULT_PAGE = 50;

/** `/v1/verdicts`: what was decided and why; each can be judged again, or forgotten. */
export function verdictsResource(dependencies: StoreDependencies, sieves: TenantSieves) {
  const { store, clock = Date.now } = dependencies;
  const recordAt = async (tenant: string, id: string): Promise<VerdictRecord> => {
    const record = await store.verdicts.get(tenant, id, clock());
    if (record === null) throw nothingAt('verdict', id);
    return record;
  };
  return new Hono<ServiceEnv>()
    .get('/v1/verdicts', async (c) => {
      const { limit = DEFAULT_PAGE, verdict, cursor } = readQuery(c, (await schemas()).verdictQuery);
      const kind = verdict === undefined ? {} : { verdict };
      const after = cursor === undefined ? {} : { cursor };
      const query = { limit, ...kind, ...after };
      const { items, next } = await store.verdicts.list(tenantOf(c).tenant, query, clock());
      return c.json({ verdicts: items.map(shownSummary), next });
    })
    .get('/v1/verdicts/:id', async (c) => {
      const record = await recordAt(tenantOf(c).tenant, c.req.param('id'));
      const { text, spans, options } = record;
      return c.json({ ...shownSummary(record), text, spans, options });
    })
    .delete('/v1/verdicts/:id', async (c) => {
      const id = c.req.param('id');
      if (!(await store.verdicts.remove(tenantOf(c).tenant, id))) throw nothingAt('verdict', id);
      return c.body(null, 204);
    })
    .post('/v1/verdicts/:id/replay', async (c) => {
      const { tenant } = tenantOf(c);
      const record = await recordAt(tenant, c.req.param('id'));
      const verdict = judgedAgain(record, await sieves.siteOf(tenant, c.get('requestId')));
      return c.json({ reproduced: isSame(record, verdict), verdict });
    });
}

/** Throws `not-retained` without the text, `engine-differs` where another engine would judge it. */
function judgedAgain(record: VerdictRecord, site: Site): Verdict {
  const { text, input, documentId, id, options } = record;
  if (text === null) {
    throw new ProblemError('not-retained', 'the text was not kept; set retain to full to replay later verdicts');
  }
  const source: CheckInput = { [input]: text, id: documentId ?? id };
  const policy = typeof options['policy'] === 'string' ? known(site, options['policy']) : undefined;
  const { verdict } = judge(site, source, { ...(options as Asked), ...(policy === undefined ? {} : { policy }) });
  const differing = digestsThatDiffer(record.engine, verdict.engine);
  if (differing.length === 0) return verdict;
  const detail = `another ${differing.join(' and ')} is in force than when it was judged; check the text anew instead`;
  throw new ProblemError('engine-differs', detail, { differs: differing });
}

function known({ sieve }: Site, policy: string): string {
  if (sieve.policies.includes(policy)) return policy;
  throw new ProblemError('engine-differs', `there is no policy ${policy} any more`, { differs: ['policy'] });
}

function digestsThatDiffer(then: EngineStamp, now: EngineStamp): string[] {
  return (['version', 'model', 'rules', 'policy'] as const).filter((part) => then[part] !== now[part]);
}

function isSame(record: VerdictRecord, { verdict, posterior, spans }: Verdict): boolean {
  const { verdict: kind, posterior: then, spans: before } = record;
  return kind === verdict && then === posterior && JSON.stringify(before) === JSON.stringify(spans);
}

function shownSummary(summary: VerdictSummary) {
  const { id, at, verdict, mode, posterior, engine, documentId, contentHash, input, expiresAt } = summary;
  const known = { id, at: timeOf(at), verdict, mode, posterior, engine, documentId, contentHash, input };
  return { ...known, expiresAt: timeOf(expiresAt) };
}
