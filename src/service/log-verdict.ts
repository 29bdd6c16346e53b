import type { Context } from 'hono';
import { orderedId } from '../ordered-id.ts';
import type { NewVerdict, Retain, TenantSettings, UsageCounts } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { Judged } from './judged.ts';
import type { ServiceEnv } from './problem.ts';
import { siteStateOf } from './site-state.ts';
import { sendEvents } from './webhook-events.ts';

/** For tenants that have set nothing: verdicts can be replayed for a month. */
export const DEFAULT_SETTINGS: TenantSettings = {
  policy: null,
  retain: 'full',
  retentionDays: 30,
  corsOrigins: [],
  updatedAt: 0,
};

type Logging = Pick<StoreDependencies, 'clock' | 'store'>;

/** Logs, counts and announces what was judged for the tenant of the request: durable once fulfilled. */
export function verdictLog(dependencies: Logging) {
  const { clock = Date.now } = dependencies;
  return async (c: Context<ServiceEnv>, judged: readonly Judged[]): Promise<void> => {
    const { tenant } = tenantOf(c);
    const isFirst = c.get('counted') !== true;
    c.set('counted', true);
    const settings = (await siteStateOf(c, dependencies)).settings ?? DEFAULT_SETTINGS;
    const ids = await logVerdict(dependencies, tenant, settings, judged, clock(), isFirst ? 1 : 0);
    if (isFirst && ids.length === 1) c.set('verdictId', ids[0]);
  };
}

/** Gives the ids of the verdicts in the log (none with `retain: none`). */
async function logVerdict(
  { store }: Logging,
  tenant: string,
  { retain, retentionDays }: TenantSettings,
  judged: readonly Judged[],
  now: number,
  requests: number,
): Promise<string[]> {
  const expiresAt = now + retentionDays * DAY_MS;
  const records = judged.map((one) => recordOf(one, retain, now, expiresAt));
  const usage = { day: dayOf(now), ...countsOf(judged, requests) };
  await store.verdicts.put(tenant, retain === 'none' ? [] : records, usage);
  const flagged = records.filter(({ verdict }) => verdict !== 'pass');
  if (flagged.length > 0) await sendEvents(store, tenant, 'verdict.flagged', flagged.map(announced), now);
  return retain === 'none' ? [] : records.map(({ id }) => id);
}

function recordOf(judged: Judged, retain: Retain, at: number, expiresAt: number): NewVerdict {
  const { input, asked, mode, verdict } = judged;
  const source = input.text ?? input.html ?? input.markdown ?? '';
  const { policy, lines, explain, clean, folded } = asked;
  return {
    // The client may send the same name for every version of a document: the log has ids of its own.
    id: judged.verdictId ?? (input.id === undefined ? verdict.id : orderedId(at)),
    at,
    verdict: verdict.verdict,
    mode,
    posterior: verdict.posterior,
    engine: verdict.engine,
    documentId: input.id ?? null,
    contentHash: { sha256Of: source },
    input: inputKind(judged),
    text: retain === 'full' ? source : null,
    spans: retain === 'full' || retain === 'spans' ? verdict.spans : null,
    // What was not asked for is left out where it is written down.
    options: { policy, lines, explain, clean, folded },
    expiresAt,
  };
}

function inputKind({ input }: Judged): NewVerdict['input'] {
  if (input.html !== undefined) return 'html';
  return input.markdown === undefined ? 'text' : 'markdown';
}

function countsOf(judged: readonly Judged[], requests: number): UsageCounts {
  const sum = (of: (one: Judged) => number) => judged.reduce((total, one) => total + of(one), 0);
  return {
    requests,
    documents: judged.length,
    lines: sum(({ verdict }) => verdict.coverage.lines),
    characters: sum(({ verdict }) => verdict.coverage.characters),
    flagged: sum(({ verdict }) => (verdict.verdict === 'pass' ? 0 : 1)),
  };
}

/** What an event says of a verdict: no text of the site leaves it that way. */
function announced({ id, documentId, verdict, mode, posterior }: NewVerdict): Record<string, unknown> {
  return { id, documentId, verdict, mode, posterior };
}
