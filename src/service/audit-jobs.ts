import type { FindingRow } from '../audit/finding-row.ts';
import { shardsOf, type ShardItem } from '../audit/shard.ts';
import type { AuditRecord, ClaimedAudit, ClaimedShard, NewAudit, NewShard } from '../store/store.ts';
import { AuditFolder } from './audit-folder.ts';
import { pageFetcherOf } from './audit-pages.ts';
import type { AuditMessage } from './audit-queue.ts';
import { writeAuditReports } from './audit-report.ts';
import { AuditShards } from './audit-shards.ts';
import { listedItems, sitemapItems, type AuditSourceWish } from './audit-source.ts';
import type { StoreDependencies } from './dependencies.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import { ProblemError } from './problem.ts';
import type { TenantSieves } from './tenant-sieves.ts';
import { sendEvents } from './webhook-events.ts';

/** What a worker has for one step; one that died is followed by another after it. Fetching a shard's pages takes less. */
const LEASE_MS = 120_000;
/** An upload has so long to come. */
const UPLOAD_MS = 3_600_000;
const MOST_ATTEMPTS = 5;
/** Shards that go to the store at once, and messages to a queue, which takes a hundred. */
const PIECE = 100;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface AuditWish {
  readonly source: AuditSourceWish;
  readonly policy: string | null;
  readonly author: string;
  readonly everyHours: number | null;
}

/**
 * Audits as work that outlives a request: planned into shards, shards checked in any order, then reported. Every step may be begun twice,
 * by another worker or by a message that comes again; its effect is had once.
 */
export class AuditJobs {
  readonly #dependencies: StoreDependencies;
  readonly #sieves: TenantSieves;
  readonly #shards: AuditShards;

  constructor(dependencies: StoreDependencies, sieves: TenantSieves) {
    this.#dependencies = dependencies;
    this.#sieves = sieves;
    this.#shards = new AuditShards(dependencies, sieves);
  }

  /** Queues an audit of pages; gives its id. */
  async queue(tenant: string, wish: AuditWish, addresses: readonly string[]): Promise<string> {
    const audit = await this.#newAudit(tenant, wish);
    if (addresses.length > 0) await this.folder(tenant, audit.id).putAddresses(addresses);
    await this.#audits.create(tenant, audit);
    await this.#send([{ tenant, audit: audit.id, step: 'plan' }]);
    return audit.id;
  }

  /** Takes an upload in, shard by shard as it comes; gives the id of its audit. Nothing is left of one that breaks off. */
  async upload(tenant: string, wish: AuditWish, items: AsyncIterable<ShardItem>): Promise<string> {
    const audit = await this.#newAudit(tenant, wish);
    await this.#audits.create(tenant, audit);
    try {
      // Nobody else plans it meanwhile.
      await this.#audits.takePlan(tenant, audit.id, this.#now(), UPLOAD_MS);
      await this.#cut(tenant, audit.id, items);
    } catch (error) {
      await this.remove(tenant, audit.id);
      throw error;
    }
    return audit.id;
  }

  async remove(tenant: string, id: string): Promise<boolean> {
    await this.#audits.cancel(tenant, id, this.#now());
    await this.folder(tenant, id).remove();
    return await this.#audits.remove(tenant, id);
  }

  /** Does what is due, of any tenant, until nothing is left or `goesOn` says no; gives the number of steps. */
  async runDue(goesOn: () => boolean = () => true): Promise<number> {
    if (this.#dependencies.auditFiles === undefined) return 0;
    for (let steps = 0; ; steps++) if (!goesOn() || !(await this.#runOne())) return steps;
  }

  /** Does the step of a message; rejects where it is to come again. */
  async handle(message: AuditMessage): Promise<void> {
    const { tenant, audit } = message;
    const now = this.#now();
    if (message.step === 'plan') await this.#plan(await this.#audits.takePlan(tenant, audit, now, LEASE_MS));
    else if (message.step === 'report') await this.#report(await this.#audits.takeReport(tenant, audit, now, LEASE_MS));
    else {
      await this.#checkShard(await this.#audits.takeShard(tenant, audit, message.shard, now, LEASE_MS));
      await this.#sendReport(tenant, audit);
    }
  }

  /** A message that could not be handled however often: its step is given up, and the audit goes on without it. */
  async giveUp(message: AuditMessage): Promise<void> {
    const { tenant, audit } = message;
    const said = 'it failed however often it was tried';
    if (message.step !== 'shard') return await this.#fail(tenant, audit, `the step ${message.step}: ${said}`);
    await this.#audits.failShard(tenant, audit, message.shard, said);
    await this.#sendReport(tenant, audit);
  }

  /** Queues what is to be audited again, sends what may have been lost, and forgets what is past its time. */
  async sweep(): Promise<void> {
    if (this.#dependencies.auditFiles === undefined) return;
    const now = this.#now();
    for (const due of await this.#audits.dueAgain(now, PIECE)) await this.#repeat(due);
    for (const { tenant, id, state } of await this.#audits.stalled(now, PIECE)) await this.#resend(tenant, id, state);
    for (const { tenant, id } of await this.#audits.expired(now, PIECE)) await this.remove(tenant, id);
  }

  /** Throws a `not-ready` problem. */
  folder(tenant: string, id: string): AuditFolder {
    const { auditFiles } = this.#dependencies;
    if (auditFiles !== undefined) return new AuditFolder(auditFiles, tenant, id);
    const detail = 'this service has no place for audits; start it with a data folder or a bucket';
    throw new ProblemError('not-ready', detail);
  }

  /** Flagged documents, in the order of the source. */
  async *rows(tenant: string, id: string): AsyncGenerator<FindingRow> {
    const folder = this.folder(tenant, id);
    for (let after = -1; ;) {
      const shards = await this.#audits.shards(tenant, id, { after, limit: PIECE, having: 'findings' });
      for (const { shard } of shards) yield* await folder.rows(shard);
      if (shards.length < PIECE) return;
      after = shards[shards.length - 1].shard;
    }
  }

  async #runOne(): Promise<boolean> {
    const now = this.#now();
    const plan = await this.#audits.claimPlan(now, LEASE_MS);
    if (plan !== null) return await this.#noted(() => this.#plan(plan));
    const shard = await this.#audits.claimShard(now, LEASE_MS);
    if (shard !== null) return await this.#noted(() => this.#checkShard(shard));
    const report = await this.#audits.claimReport(now, LEASE_MS);
    return report !== null && (await this.#noted(() => this.#report(report)));
  }

  /** A step that fails is begun again once its lease has run out; the others go on. */
  async #noted(step: () => Promise<void>): Promise<true> {
    await step().catch((error: unknown) => this.#dependencies.report?.(error, 'none'));
    return true;
  }

  async #plan(claimed: ClaimedAudit | null): Promise<void> {
    await this.#attempt(claimed, async ({ tenant, id }, { source }) => {
      const wish = source as unknown as AuditSourceWish;
      if (wish.kind === 'upload') return await this.#fail(tenant, id, 'the upload broke off; send it again');
      if (wish.kind === 'sitemap')
        return await this.#cut(tenant, id, sitemapItems(pageFetcherOf(this.#dependencies), wish.sitemap));
      const addresses = await this.folder(tenant, id).addresses();
      if (addresses === null) return await this.#fail(tenant, id, 'the list of addresses is gone; send it again');
      await this.#cut(tenant, id, listedItems(addresses));
    });
  }

  async #cut(tenant: string, id: string, items: AsyncIterable<ShardItem>): Promise<void> {
    const folder = this.folder(tenant, id);
    let count = 0;
    let shards: NewShard[] = [];
    for await (const shard of shardsOf(items)) {
      shards.push({ shard: count, digest: await folder.putInput(count, shard) });
      count++;
      if (shards.length < PIECE) continue;
      await this.#audits.addShards(tenant, id, shards);
      shards = [];
    }
    if (shards.length > 0) await this.#audits.addShards(tenant, id, shards);
    if (!(await this.#audits.planned(tenant, id, this.#now()))) return;
    await this.#sendShards(tenant, id);
    if (count === 0) await this.#sendReport(tenant, id);
  }

  async #checkShard(claimed: ClaimedShard | null): Promise<void> {
    if (claimed === null) return;
    const { tenant, id, shard, attempts } = claimed;
    try {
      await this.#shards.check(this.folder(tenant, id), claimed);
    } catch (error) {
      if (attempts < MOST_ATTEMPTS) throw error;
      await this.#audits.failShard(tenant, id, shard, messageOf(error));
    }
  }

  async #report(claimed: ClaimedAudit | null): Promise<void> {
    await this.#attempt(claimed, async ({ tenant, id }, { totals, startedAt, createdAt }) => {
      const { engine } = (await this.#sieves.siteOf(tenant, 'none')).sieve;
      const seconds = (this.#now() - (startedAt ?? createdAt)) / 1000;
      const summary = await writeAuditReports({
        rows: () => this.rows(tenant, id),
        folder: this.folder(tenant, id),
        figures: { ...totals, seconds, complete: true, engine },
      });
      if (claimed !== null && (await this.#audits.finish(claimed, summary, this.#now())))
        await this.#announce(tenant, id);
    });
  }

  async #attempt(
    claimed: ClaimedAudit | null,
    step: (claimed: ClaimedAudit, record: AuditRecord) => Promise<void>,
  ): Promise<void> {
    const record = claimed === null ? null : await this.#audits.get(claimed.tenant, claimed.id);
    if (claimed === null || record === null) return;
    try {
      await step(claimed, record);
    } catch (error) {
      if (claimed.attempts < MOST_ATTEMPTS) throw error;
      await this.#fail(claimed.tenant, claimed.id, messageOf(error));
    }
  }

  async #fail(tenant: string, id: string, error: string): Promise<void> {
    if (await this.#audits.fail(tenant, id, error, this.#now())) await this.#announce(tenant, id);
  }

  async #announce(tenant: string, id: string): Promise<void> {
    const record = await this.#audits.get(tenant, id);
    if (record === null) return;
    const { state, totals, summary, error } = record;
    const data = { audit: id, state, ...totals, campaigns: summary?.['campaigns'] ?? null, error };
    await sendEvents(this.#dependencies.store, tenant, 'audit.finished', [data], this.#now());
  }

  async #repeat(due: AuditRecord & { readonly tenant: string }): Promise<void> {
    const { tenant, id, source, policy, author, everyHours } = due;
    const next = await this.#newAudit(tenant, {
      source: source as unknown as AuditSourceWish,
      policy,
      author,
      everyHours,
    });
    const addresses = await this.folder(tenant, id).addresses();
    if (addresses !== null) await this.folder(tenant, next.id).putAddresses(addresses);
    if (await this.#audits.repeat(tenant, id, next)) await this.#send([{ tenant, audit: next.id, step: 'plan' }]);
    else await this.folder(tenant, next.id).remove();
  }

  async #resend(tenant: string, id: string, state: AuditRecord['state']): Promise<void> {
    if (state === 'queued') await this.#send([{ tenant, audit: id, step: 'plan' }]);
    else if (state === 'reporting') await this.#send([{ tenant, audit: id, step: 'report' }]);
    else if ((await this.#sendShards(tenant, id)) === 0) await this.#sendReport(tenant, id);
  }

  async #sendShards(tenant: string, id: string): Promise<number> {
    if (this.#dependencies.auditQueue === undefined) return 0;
    for (let [after, sent] = [-1, 0]; ;) {
      const open = await this.#audits.openShards(tenant, id, after, PIECE);
      await this.#send(open.map((shard) => ({ tenant, audit: id, step: 'shard' as const, shard })));
      sent += open.length;
      if (open.length < PIECE) return sent;
      after = open[open.length - 1];
    }
  }

  /** Where steps come by messages, whoever settles the last shard sends the one of the report; two of them do no harm. */
  async #sendReport(tenant: string, id: string): Promise<void> {
    if (this.#dependencies.auditQueue === undefined) return;
    const record = await this.#audits.get(tenant, id);
    if (record?.state === 'running' && record.settled === record.shards)
      await this.#send([{ tenant, audit: id, step: 'report' }]);
  }

  async #send(messages: readonly AuditMessage[]): Promise<void> {
    if (messages.length > 0) await this.#dependencies.auditQueue?.send(messages);
  }

  async #newAudit(tenant: string, wish: AuditWish): Promise<NewAudit> {
    const id = crypto.randomUUID();
    this.folder(tenant, id);
    const createdAt = this.#now();
    const { retentionDays } = (await this.#dependencies.store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
    const nextAt = wish.everyHours === null ? null : createdAt + wish.everyHours * HOUR_MS;
    // One that is to be run again has to be there then.
    const expiresAt = Math.max(createdAt + retentionDays * DAY_MS, (nextAt ?? 0) + DAY_MS);
    return { ...wish, id, source: { ...wish.source }, createdAt, nextAt, expiresAt };
  }

  get #audits(): StoreDependencies['store']['audits'] {
    return this.#dependencies.store.audits;
  }

  #now(): number {
    return (this.#dependencies.clock ?? Date.now)();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
