/** One request for one address, as a runtime makes it: no redirects, no cookies. Throws a `FetchFailure` for whatever goes wrong. */
export interface HttpClient {
  get(url: URL, request: HttpRequest): Promise<HttpAnswer>;
}

export interface HttpRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of the body, before and after decompression. */
  readonly maxBytes: number;
  /** Whether the body is wanted at all; what is not is never read. */
  readonly wantsBody: (answer: HttpHead) => boolean;
}

/** As much of the headers of an answer as is looked at. */
export interface HttpHeaders {
  readonly 'content-type'?: string | undefined;
  readonly 'last-modified'?: string | undefined;
  readonly 'retry-after'?: string | undefined;
  readonly etag?: string | undefined;
  readonly location?: string | undefined;
}

export interface HttpHead {
  readonly status: number;
  readonly headers: HttpHeaders;
}

export interface HttpAnswer extends HttpHead {
  /** Decompressed; `null` where it was not wanted. */
  readonly body: Uint8Array | null;
}
