/** What is known of a page from an earlier visit. */
export interface KnownPage {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly contentType: string | null;
}

/** Pages of earlier visits, so that a server may say that nothing has changed. */
export interface PageMemory {
  get(url: string): KnownPage | null;
  /** `null` where it is gone or larger. */
  bodyOf(page: KnownPage, maxBytes: number): Uint8Array | null;
  put(page: KnownPage, body: Uint8Array): void;
}
