import type { Context } from 'hono';
import type { Retain, Store, TenantSettings, UsageCounts, VerdictRecord } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { Dependencies } from './dependencies.ts';
import { sha256 } from './digest.ts';
import type { Judged } from './judged.ts';
import type { ServiceEnv } from './problem.ts';
import { sendEvents } from './webhook-events.ts';

const DAY_MS = 86_400_000;

/** For tenants that have set nothing: verdicts can be replayed for a month. */
export const DEFAULT_SETTINGS: TenantSettings = {
  policy: null,
  retain: 'full',
  retentionDays: 30,
  corsOrigins: [],
  updatedAt: 0,
};

type Digest = NonNullable<Dependencies['digest']>;
type Logging = Pick<Dependencies, 'clock' | 'digest'> & { readonly store: Store };

/** Logs, counts and announces what was judged for the tenant of the request: durable once fulfilled. */
export function verdictLog({ store, clock = Date.now, digest = sha256 }: Logging) {
  return async (c: Context<ServiceEnv>, judged: readonly Judged[]): Promise<void> => {
    const { tenant } = tenantOf(c);
    const isFirst = c.get('counted') !== true;
    c.set('counted', true);
    const ids = await logVerdict(store, tenant, judged, clock(), isFirst ? 1 : 0, digest);
    if (isFirst && ids.length === 1) c.set('verdictId', ids[0]);
  };
}

/** As `verdictLog`, for a tenant; gives the ids of the verdicts in the log (none with `retain: none`). */
export async function logVerdict(
  store: Store,
  tenant: string,
  judged: readonly Judged[],
  now: number,
  requests = 0,
  digest: Digest = sha256,
): Promise<string[]> {
  const settings = (await store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
  const { retain } = settings;
  const expiresAt = now + settings.retentionDays * DAY_MS;
  const records = await Promise.all(judged.map((one) => recordOf(one, retain, now, expiresAt, digest)));
  // Side by side, so that a store which gathers writes has one to make durable.
  await Promise.all([
    retain === 'none' || records.length === 0 ? null : store.verdicts.put(tenant, records),
    store.usage.add(tenant, dayOf(now), countsOf(judged, requests)),
  ]);
  const flagged = records.filter(({ verdict }) => verdict !== 'pass');
  if (flagged.length > 0) await sendEvents(store, tenant, 'verdict.flagged', flagged.map(announced), now);
  return retain === 'none' ? [] : records.map(({ id }) => id);
}

async function recordOf(
  judged: Judged,
  retain: Retain,
  at: number,
  expiresAt: number,
  digest: Digest,
): Promise<VerdictRecord> {
  const { input, asked, mode, verdict } = judged;
  const source = input.text ?? input.html ?? input.markdown ?? '';
  const { policy, lines, explain, clean, folded } = asked;
  return {
    // The client may send the same name for every version of a document: the log has ids of its own.
    id: judged.verdictId ?? (input.id === undefined ? verdict.id : crypto.randomUUID()),
    at,
    verdict: verdict.verdict,
    mode,
    posterior: verdict.posterior,
    engine: verdict.engine,
    documentId: input.id ?? null,
    contentHash: await digest(source),
    input: inputKind(judged),
    text: retain === 'full' ? source : null,
    spans: retain === 'full' || retain === 'spans' ? verdict.spans : null,
    options: JSON.parse(JSON.stringify({ policy, lines, explain, clean, folded })) as Record<string, unknown>,
    expiresAt,
  };
}

function inputKind({ input }: Judged): VerdictRecord['input'] {
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
function announced({ id, documentId, verdict, mode, posterior }: VerdictRecord): Record<string, unknown> {
  return { id, documentId, verdict, mode, posterior };
}

/** `YYYY-MM-DD`, UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
