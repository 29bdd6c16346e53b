import type { Page } from './verdicts.ts';

/** A model that was built. Its bytes are elsewhere, by digest. */
export interface ModelRecord {
  /** SHA-256 of the model file in hexadecimal. */
  readonly digest: string;
  /** The champion that it was built to follow; `null`: the base model. */
  readonly parent: string | null;
  readonly createdAt: number;
  readonly author: string;
  /** `SampleStore.revision` up to which samples are in it. */
  readonly samplesRevision: number;
  readonly card: Readonly<Record<string, unknown>>;
  /** `refused` by the gate; `pruned`: its bytes are gone. */
  readonly state: 'ready' | 'refused' | 'pruned';
}

/** Which models serve. `null` is the base model. */
export interface ModelAliases {
  readonly champion: string | null;
  /** What `rollback` goes back to; `undefined` where nothing was promoted yet. */
  readonly previous: string | null | undefined;
  /** Scores a share of traffic without effect; `null`: none. */
  readonly challenger: string | null;
  readonly share: number;
  /** Changes of samples after this revision are learned at once, on top of the champion. */
  readonly learnFrom: number;
  /** 0 before the first change, greater after every one. */
  readonly revision: number;
}

export interface Promotion {
  readonly at: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly author: string;
  readonly reason: string;
}

export interface ModelStore {
  /** Keeps a record; one with the same digest is replaced. */
  put(tenant: string, model: ModelRecord): Promise<void>;
  get(tenant: string, digest: string): Promise<ModelRecord | null>;
  /** Newest first. */
  list(tenant: string, query: { readonly limit: number; readonly cursor?: string }): Promise<Page<ModelRecord>>;
  aliases(tenant: string): Promise<ModelAliases>;
  /**
   * Champion becomes `to`, previous what was champion, in one step; what was labelled up to `learnFrom` is learned by the champion alone. Rejects with `conflict` where the aliases are not those of
   * `revision` any more.
   */
  promote(tenant: string, revision: number, promotion: Promotion, learnFrom: number): Promise<void>;
  /** Rejects with `conflict` as `promote` does. */
  setChallenger(tenant: string, revision: number, challenger: string | null, share: number): Promise<void>;
  /** Newest first. */
  history(tenant: string, limit: number): Promise<Promotion[]>;
}
