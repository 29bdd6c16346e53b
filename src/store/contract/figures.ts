/** How often a value of a figure came. */
export interface FigureCount {
  readonly figure: string;
  readonly key: string;
  readonly count: number;
}

export interface FigureStore {
  /** Adds counts to those of a week, for instance `2026-W48`; at most 1000. */
  add(tenant: string, week: string, counts: readonly FigureCount[]): Promise<void>;
  /** By figure and key. */
  of(tenant: string, week: string): Promise<FigureCount[]>;
  /** Weeks with figures, the latest first. */
  weeks(tenant: string, limit: number): Promise<string[]>;
}
