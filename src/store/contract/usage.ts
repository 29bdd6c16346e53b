export interface UsageCounts {
  readonly requests: number;
  readonly documents: number;
  readonly lines: number;
  readonly characters: number;
  /** Documents whose verdict was not `pass`. */
  readonly flagged: number;
}

export interface DailyUsage extends UsageCounts {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
}

export interface UsageStore {
  /** Adds to the day's counts. */
  add(tenant: string, day: string, counts: UsageCounts): Promise<void>;
  /** Days with usage from `from` to `to`, both included, in order. */
  range(tenant: string, from: string, to: string): Promise<DailyUsage[]>;
}
