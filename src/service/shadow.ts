import type { Context } from 'hono';
import { createSieve, decodeModel, type Sieve } from '../index.ts';
import type { DisagreementRecord } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import { DAY_MS } from './calendar.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { Judged } from './judged.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import type { ServiceEnv } from './problem.ts';
import { siteStateOf } from './site-state.ts';

/** How long aliases are taken to hold: a challenger need not start within the second. */
const REMEMBERED_MS = 5_000;

interface Challenger {
  readonly until: number;
  readonly digest: string | null;
  readonly share: number;
  readonly sieve: Sieve | null;
}

/** Lets a challenger judge a share of what was judged, without effect, and notes where it differs. */
export function shadowing(dependencies: StoreDependencies) {
  const { store, clock = Date.now, report } = dependencies;
  const known = new Map<string, Challenger>();
  const challengerOf = async (tenant: string): Promise<Challenger> => {
    const found = known.get(tenant);
    if (found !== undefined && found.until > clock()) return found;
    const { challenger: digest, share } = await store.models.aliases(tenant);
    const sieve =
      digest === null ? null : found?.digest === digest ? found.sieve : await load(dependencies, tenant, digest);
    const fresh = { until: clock() + REMEMBERED_MS, digest, share, sieve };
    known.set(tenant, fresh);
    return fresh;
  };
  return async (c: Context<ServiceEnv>, judged: readonly Judged[]): Promise<void> => {
    const { tenant } = tenantOf(c);
    try {
      const { digest, share, sieve } = await challengerOf(tenant);
      if (digest === null || sieve === null) return;
      const settings = (await siteStateOf(c, dependencies)).settings ?? DEFAULT_SETTINGS;
      const expiresAt = clock() + settings.retentionDays * DAY_MS;
      const keepsSpans = settings.retain === 'full' || settings.retain === 'spans';
      const drawn = judged.filter(() => Math.random() < share);
      const differing = drawn.flatMap((one) => differenceOf(one, sieve, clock(), expiresAt, keepsSpans));
      if (differing.length > 0) await store.disagreements.add(tenant, differing);
    } catch (error) {
      // A challenger has no effect, not even by failing.
      report?.(error, c.get('requestId'));
    }
  };
}

async function load({ modelFiles, parts }: StoreDependencies, tenant: string, digest: string): Promise<Sieve | null> {
  const bytes = await modelFiles?.get(tenant, digest, 'model.bin');
  const base = await parts?.();
  if (bytes === undefined || bytes === null || base === undefined) return null;
  return await createSieve({ model: await decodeModel(bytes), policy: base.policy, base: base.model });
}

function differenceOf(
  { input, verdict, verdictId }: Judged,
  sieve: Sieve,
  at: number,
  expiresAt: number,
  keepsSpans: boolean,
): DisagreementRecord[] {
  const other = sieve.check(input);
  if (other.verdict === verdict.verdict && other.spans.length === verdict.spans.length) return [];
  return [
    {
      id: crypto.randomUUID(),
      at,
      verdictId: verdictId ?? verdict.id,
      champion: verdict.engine.model,
      challenger: other.engine.model,
      championVerdict: verdict.verdict,
      challengerVerdict: other.verdict,
      spans: keepsSpans ? { champion: verdict.spans, challenger: other.spans } : null,
      expiresAt,
    },
  ];
}
