import type { Page } from './verdicts.ts';

export type AuditState = 'queued' | 'running' | 'reporting' | 'done' | 'failed' | 'cancelled';

/** What was found so far: sums over the shards that are settled. */
export interface AuditTotals {
  readonly documents: number;
  readonly flagged: number;
  readonly spans: number;
  readonly errors: number;
  readonly skipped: number;
}

export interface AuditRecord {
  readonly id: string;
  readonly state: AuditState;
  /** What is audited, as JSON. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly policy: string | null;
  readonly author: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly attempts: number;
  readonly summary: Readonly<Record<string, unknown>> | null;
  readonly error: string | null;
  readonly everyHours: number | null;
  readonly nextAt: number | null;
  readonly expiresAt: number;
  readonly totals: AuditTotals;
  /** Shards that there are, and those of them that are settled. */
  readonly shards: number;
  readonly settled: number;
}

export type NewAudit = Pick<
  AuditRecord,
  'id' | 'source' | 'policy' | 'author' | 'createdAt' | 'everyHours' | 'nextAt' | 'expiresAt'
>;

export interface NewShard {
  readonly shard: number;
  /** SHA-256 of what is in it, in hexadecimal. */
  readonly digest: string;
}

export interface ShardRecord extends NewShard, AuditTotals {
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly attempts: number;
  readonly error: string | null;
}

/** An audit or a shard that this worker has until its lease runs out. */
export interface ClaimedAudit {
  readonly tenant: string;
  readonly id: string;
  readonly attempts: number;
}

export interface ClaimedShard extends ClaimedAudit {
  readonly shard: number;
  readonly digest: string;
}

export interface AuditStore {
  create(tenant: string, audit: NewAudit): Promise<void>;
  get(tenant: string, id: string): Promise<AuditRecord | null>;
  /** Newest first. */
  list(tenant: string, query: { readonly limit: number; readonly cursor?: string }): Promise<Page<AuditRecord>>;
  /** Adds shards that are not there yet; of an audit that is queued, and of no other. */
  addShards(tenant: string, id: string, shards: readonly NewShard[]): Promise<void>;
  /** The audit has all its shards: they may be checked. `false` where it was not queued any more. */
  planned(tenant: string, id: string, now: number): Promise<boolean>;
  /** The oldest audit of any tenant that wants planning, or whose planner let its lease run out. */
  claimPlan(now: number, leaseMs: number): Promise<ClaimedAudit | null>;
  /** That one, where it wants planning and nobody is at it. */
  takePlan(tenant: string, id: string, now: number, leaseMs: number): Promise<ClaimedAudit | null>;
  /** A shard of the oldest audit of any tenant that has one open. */
  claimShard(now: number, leaseMs: number): Promise<ClaimedShard | null>;
  /** That one, unless it is settled or its audit is over; whoever else is at it: it is settled once all the same. */
  takeShard(tenant: string, id: string, shard: number, now: number, leaseMs: number): Promise<ClaimedShard | null>;
  /** Settles a shard. `false`: it was settled before, and nothing changed. */
  settleShard(tenant: string, id: string, shard: number, totals: AuditTotals): Promise<boolean>;
  /** Settles a shard that cannot be checked; one error is counted. `false` as `settleShard`. */
  failShard(tenant: string, id: string, shard: number, error: string): Promise<boolean>;
  /** In order, those behind `after`; `having`: only those with findings, or with errors or something skipped. */
  shards(
    tenant: string,
    id: string,
    query: { readonly after: number; readonly limit: number; readonly having?: 'findings' | 'notices' },
  ): Promise<ShardRecord[]>;
  /** Shards that are not settled, in order, those behind `after`. */
  openShards(tenant: string, id: string, after: number, limit: number): Promise<number[]>;
  /** The oldest audit of any tenant whose shards are all settled, or whose reporter let its lease run out; to one caller. */
  claimReport(now: number, leaseMs: number): Promise<ClaimedAudit | null>;
  /** That one, where it wants reporting and nobody is at it. */
  takeReport(tenant: string, id: string, now: number, leaseMs: number): Promise<ClaimedAudit | null>;
  /** Ends an audit that is being reported. `false` where it was cancelled or somebody else ended it. */
  finish(claimed: ClaimedAudit, summary: Readonly<Record<string, unknown>>, now: number): Promise<boolean>;
  /** Ends an audit that cannot go on; `false` where it is over. */
  fail(tenant: string, id: string, error: string, now: number): Promise<boolean>;
  /** `false` where it is over or not there. */
  cancel(tenant: string, id: string, now: number): Promise<boolean>;
  /** It is not run again. `false` where it would not have been. */
  stopRepeating(tenant: string, id: string): Promise<boolean>;
  /** Audits of any tenant that are over and whose time to be run again has come. */
  dueAgain(now: number, limit: number): Promise<(AuditRecord & { readonly tenant: string })[]>;
  /** Puts an audit in the place of one that is to be run again. `false`: somebody else has done so. */
  repeat(tenant: string, id: string, next: NewAudit): Promise<boolean>;
  /** Audits that are not over and in which nothing is under way: their messages may have been lost. */
  stalled(now: number, limit: number): Promise<{ tenant: string; id: string; state: AuditState }[]>;
  /** Audits of any tenant that are past their time. */
  expired(now: number, limit: number): Promise<{ tenant: string; id: string }[]>;
  /** Removes an audit and its shards. */
  remove(tenant: string, id: string): Promise<boolean>;
}
