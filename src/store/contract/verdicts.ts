import type { DigestOf } from '../database.ts';
import type { DailyUsage } from './usage.ts';
import type { EngineStamp, InjectedSpan, VerdictKind } from '../../verdict/verdict.ts';

/** A verdict as it was given. What of the text is kept is decided by the caller (`Retain`). */
export interface VerdictRecord {
  readonly id: string;
  readonly at: number;
  readonly verdict: VerdictKind;
  readonly mode: 'enforce' | 'shadow';
  readonly posterior: number;
  readonly engine: EngineStamp;
  /** The client's name of the document. */
  readonly documentId: string | null;
  /** SHA-256 of the text, 64 hexadecimal digits. */
  readonly contentHash: string | null;
  readonly input: 'text' | 'html' | 'markdown';
  readonly text: string | null;
  /** Any JSON value that the caller chooses to keep of the spans. */
  readonly spans: readonly Partial<InjectedSpan>[] | null;
  /** What the check was asked for, as JSON: enough to repeat it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** `null`: kept for ever. */
  readonly expiresAt: number | null;
}

/** A verdict in a list, without its heavy parts. */
export type VerdictSummary = Omit<VerdictRecord, 'text' | 'spans' | 'options'>;

export interface Page<T> {
  readonly items: readonly T[];
  /** To be passed back for the next page; `null` on the last. */
  readonly next: string | null;
}

export interface VerdictQuery {
  /** 1 to 1000. */
  readonly limit: number;
  readonly verdict?: VerdictKind;
  /** `next` of the page before. Rejects with `bad-cursor` where it was not made by this store. */
  readonly cursor?: string;
}

export interface HonestText extends Pick<VerdictRecord, 'id' | 'at' | 'input'> {
  readonly text: string;
}

/** A verdict that is to be kept; the store computes the digest of its text where it is given that. */
export interface NewVerdict extends Omit<VerdictRecord, 'contentHash'> {
  readonly contentHash: string | DigestOf | null;
}

export interface VerdictStore {
  /** All of them or none, durable, with what they add to the usage of a day. Ids are new: rejects with `conflict` where one is taken. */
  put(tenant: string, records: readonly NewVerdict[], usage?: DailyUsage): Promise<void>;
  /** Nothing of what expired at or before `now`, purged or not; so do all that read. */
  get(tenant: string, id: string, now: number): Promise<VerdictRecord | null>;
  /** Newest first; a page is not shifted by what is put or removed meanwhile. */
  list(tenant: string, query: VerdictQuery, now: number): Promise<Page<VerdictSummary>>;
  /** Forgets; `false` where there is none. */
  remove(tenant: string, id: string): Promise<boolean>;
  /** Deletes what expired at or before `now`, oldest first, at most `limit`; gives the number deleted. All tenants. */
  purgeExpired(now: number, limit: number): Promise<number>;
  /** At most `limit` texts that passed and were kept, newest first: what a new rule is tried on. Read as they are asked for, a few at a time. */
  recentHonest(tenant: string, limit: number, now: number): AsyncIterable<HonestText>;
}
