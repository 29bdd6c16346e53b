import type { Page } from './verdicts.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Work that outlives the request that asked for it. */
export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  /** 0 to 1. */
  readonly progress: number;
  readonly stage: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly leaseUntil: number | null;
  readonly attempts: number;
}

/** A job that this worker has until its lease runs out; `attempts` is the fence. */
export interface ClaimedJob extends JobRecord {
  readonly tenant: string;
}

export interface JobStore {
  create(tenant: string, job: Pick<JobRecord, 'id' | 'kind' | 'input' | 'createdAt'>): Promise<void>;
  get(tenant: string, id: string): Promise<JobRecord | null>;
  /** Newest first. */
  list(
    tenant: string,
    query: { readonly kind: string; readonly limit: number; readonly cursor?: string },
  ): Promise<Page<JobRecord>>;
  /** The oldest job of a kind that is queued, or whose worker let its lease run out; of several workers one gets it. */
  claim(kind: string, now: number, leaseMs: number): Promise<ClaimedJob | null>;
  /** Says how far it is and holds the lease. `false`: it was cancelled or somebody else has it; stop. */
  beat(job: ClaimedJob, progress: number, stage: string, leaseUntil: number): Promise<boolean>;
  /** `false` as `beat`. */
  finish(job: ClaimedJob, result: Readonly<Record<string, unknown>>, now: number): Promise<boolean>;
  /** Ends it, or where `again`, queues it once more. `false` as `beat`. */
  fail(job: ClaimedJob, error: string, again: boolean, now: number): Promise<boolean>;
  /** `false` where it is over or not there. */
  cancel(tenant: string, id: string, now: number): Promise<boolean>;
}
