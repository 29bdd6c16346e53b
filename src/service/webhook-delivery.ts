import type { LeasedDelivery } from '../store/store.ts';
import type { StoreDependencies } from './dependencies.ts';
import { isPrivateAddress, isPrivateHost } from './private-address.ts';
import { signedHeaders } from './webhook-signature.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Waits after the attempts, as Standard Webhooks proposes: over three days in all. */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/** So that what failed together does not come back together. */
const JITTER = 0.2;
/** Standard Webhooks: 15 to 30 s. */
const TIMEOUT_MS = 15 * SECOND;
/** Longer than the time-out of look-up and call together: nobody else sends meanwhile. */
const LEASE_MS = MINUTE;
/** Sent side by side; the rest waits for the next round, which begins within the time-out of this one. */
const BATCH = 20;

/** What sending needs of a service. */
export type Sender = Pick<StoreDependencies, 'store' | 'clock' | 'fetch' | 'resolveHost'>;

/** `gone`: the receiver said 410 and wants nothing any more. */
type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: string; readonly gone: boolean };

/**
 * Sends what is due, round by round, until there is no more of it or `goesOn`, asked between two rounds, says no. To be called every few
 * seconds, or by a cron.
 */
export async function deliverAllDue(dependencies: Sender, goesOn: () => boolean): Promise<void> {
  while ((await deliverDue(dependencies)) === BATCH) if (!goesOn()) return;
}

/** One round: sends what is due, twenty at most, and notes what came of it; gives the number tried. */
export async function deliverDue(dependencies: Sender): Promise<number> {
  const { store, clock = Date.now } = dependencies;
  const leased = await store.webhooks.due(clock(), BATCH, LEASE_MS);
  await Promise.all(leased.map((delivery) => deliver(dependencies, delivery)));
  return leased.length;
}

async function deliver(dependencies: Sender, delivery: LeasedDelivery): Promise<void> {
  const { store, clock = Date.now } = dependencies;
  const { tenant, id, attempts, webhookId } = delivery;
  const outcome = await attempt(dependencies, delivery);
  if (outcome.ok) {
    await store.webhooks.succeed(tenant, id, attempts, clock());
    return;
  }
  const wait = outcome.gone ? undefined : WAITS[attempts - 1];
  const nextAt = wait === undefined ? null : clock() + Math.round(wait * (1 + JITTER * Math.random()));
  await store.webhooks.fail(tenant, id, attempts, nextAt, outcome.error);
  if (outcome.gone) await store.webhooks.disable(tenant, webhookId, clock());
}

async function attempt(dependencies: Sender, delivery: LeasedDelivery): Promise<Outcome> {
  try {
    await checkTarget(dependencies, delivery.url);
    return outcomeOf(await send(dependencies, delivery));
  } catch (error) {
    return { ok: false, error: reasonOf(error), gone: false };
  }
}

/** Throws for a target inside of a network: names are looked up again at every attempt, since they may have moved. */
async function checkTarget({ resolveHost }: Sender, url: string): Promise<void> {
  const { hostname } = new URL(url);
  if (isPrivateHost(hostname)) throw new TargetError('its host is not on the public Internet');
  if (resolveHost === undefined || /^[[\d]/.test(hostname)) return;
  const addresses = await resolveHost(hostname);
  if (addresses.length === 0) throw new TargetError('its host has no address');
  if (addresses.some(isPrivateAddress)) throw new TargetError('its host has an address inside of a network');
}

async function send(dependencies: Sender, { id, url, secret, payload }: LeasedDelivery): Promise<Response> {
  const { fetch = globalThis.fetch, clock = Date.now } = dependencies;
  const signed = await signedHeaders(secret, id, clock(), payload);
  const headers = { ...signed, 'Content-Type': 'application/json', 'User-Agent': 'linesieve' };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return await fetch(url, { method: 'POST', headers, body: payload, redirect: 'manual', signal });
}

function outcomeOf(response: Response): Outcome {
  // What it says is of no interest, and may be endless.
  response.body?.cancel().catch(() => {});
  if (response.status >= 200 && response.status < 300) return { ok: true };
  return { ok: false, error: `answered ${response.status}`, gone: response.status === 410 };
}

class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** Messages of a runtime may hold addresses of the network: its owner gets the kind of the fault only. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetError) return error.message;
  return error instanceof Error && error.name === 'TimeoutError' ? 'gave no answer in time' : 'could not be reached';
}
