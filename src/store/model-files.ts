/** Names of the files of a model. */
export type ModelFileName = 'model.bin' | 'learned.bin' | 'samples.txt' | 'card.json';

export type ModelFileSet = Readonly<Partial<Record<ModelFileName, Uint8Array>>>;

/** Where the bytes of models are: a folder or a bucket. A model is immutable: it is put once, and removed whole. */
export interface ModelFiles {
  /** All files or none; a model that is there already stays as it is. */
  put(tenant: string, digest: string, files: ModelFileSet): Promise<void>;
  /** `null` where there is none. */
  get(tenant: string, digest: string, name: ModelFileName): Promise<Uint8Array | null>;
  remove(tenant: string, digest: string): Promise<void>;
  /** Digests of what is there. */
  list(tenant: string): Promise<string[]>;
}
