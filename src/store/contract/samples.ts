import type { Page } from './verdicts.ts';

export type SampleOrigin = 'human' | 'rule' | 'import';
export type SampleState = 'active' | 'withdrawn' | 'ignored' | 'conflict';

/** A label that is to be kept. */
export interface NewSampleRecord {
  readonly id: string;
  /** Kept as it was given; at most 10,000 units. */
  readonly text: string;
  /** Of the folded text: what makes two samples the same. */
  readonly textHash: string;
  readonly label: 'legit' | 'spam';
  readonly category: string | null;
  readonly language: string | null;
  readonly origin: SampleOrigin;
  readonly author: string;
  readonly site: string | null;
  /** Held-out splits never part a document. */
  readonly documentId: string | null;
  readonly verdictId: string | null;
  /** Lines that each of its lines counts as, 1 or more. */
  readonly influence: number;
  readonly createdAt: number;
}

export interface SampleRecord extends NewSampleRecord {
  /** `active`: learned. `conflict`: a person said otherwise before, and it waits for a decision. */
  readonly state: SampleState;
  /** The tenant's count of changes when this one was last changed. */
  readonly revision: number;
}

/** What became of each sample that was added. */
export interface Addition {
  readonly sample: SampleRecord;
  /** `added`, or `duplicate` of a sample that is learned, or in `conflict` with one; `with` names that one. */
  readonly outcome: 'added' | 'duplicate' | 'conflict';
  readonly with: string | null;
}

export interface SampleQuery {
  /** 1 to 1000. */
  readonly limit: number;
  readonly state?: SampleState;
  readonly author?: string;
  readonly cursor?: string;
}

export interface SampleCounts {
  readonly active: number;
  readonly withdrawn: number;
  readonly ignored: number;
  readonly conflict: number;
}

/** After the sample `id` of a revision; an empty `id`: before all of that revision. */
export interface SamplePlace {
  readonly revision: number;
  readonly id: string;
}

export interface SampleStore {
  /**
   * Keeps at most 1000 labels. The same text with the same label is kept once. With the other label, the stronger origin wins (human,
   * then rule, then import) and the weaker one is `ignored`; between equals the first stays learned and the new one is a `conflict`.
   * Rejects with `conflict` where somebody else adds the same text at this moment: ask again.
   */
  add(tenant: string, samples: readonly NewSampleRecord[]): Promise<Addition[]>;
  get(tenant: string, id: string): Promise<SampleRecord | null>;
  /** The one that is learned of a text. */
  activeWith(tenant: string, textHash: string): Promise<SampleRecord | null>;
  /** Newest first. */
  list(tenant: string, query: SampleQuery): Promise<Page<SampleRecord>>;
  /** Changes the state; `false` where there is none or it has that state. Rejects with `conflict` where another label is active. */
  setState(tenant: string, id: string, state: SampleState): Promise<boolean>;
  /** Withdraws those of at most 1000 ids that are not; gives the number. All or none. */
  withdraw(tenant: string, ids: readonly string[]): Promise<number>;
  /** Withdraws what an author labelled, newest first, at most 1000; gives the number. */
  withdrawAuthor(tenant: string, author: string, limit: number): Promise<number>;
  /** 0 before the first change, greater after every one. */
  revision(tenant: string): Promise<number>;
  /** What changed at or after a place, by revision and id, in whatever state it is now. */
  changedSince(tenant: string, after: SamplePlace, limit: number): Promise<SampleRecord[]>;
  /** Samples that are learned, in the order of ids, after `afterId`: pages of a build. */
  learned(tenant: string, afterId: string, limit: number): Promise<SampleRecord[]>;
  /** All tenants that ever had one, with their revisions: what a schedule looks through. */
  revisions(): Promise<{ readonly tenant: string; readonly revision: number }[]>;
  counts(tenant: string): Promise<SampleCounts>;
  /** Labels that an author gave since a time, withdrawn ones too: what quotas look at. */
  countFrom(tenant: string, author: string, since: number): Promise<number>;
}
