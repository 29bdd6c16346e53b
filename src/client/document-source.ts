import type { CheckDocument } from './types.ts';

const END = { done: true, value: undefined } as const;

/** What a batch takes its documents from, one at a time, until it is closed. */
export class DocumentSource {
  readonly #documents: AsyncIterator<CheckDocument> | Iterator<CheckDocument>;
  #over = false;

  constructor(documents: AsyncIterable<CheckDocument> | Iterable<CheckDocument>) {
    const isAsync = Symbol.asyncIterator in documents;
    this.#documents = isAsync ? documents[Symbol.asyncIterator]() : documents[Symbol.iterator]();
  }

  /** The next document; done after the last, or once the source is closed. Rejects with what the source throws. */
  async next(): Promise<IteratorResult<CheckDocument, undefined>> {
    if (this.#over) return END;
    try {
      const { done, value } = await this.#documents.next();
      if (done !== true) return { done: false, value };
    } catch (error) {
      this.#over = true;
      throw error;
    }
    this.#over = true;
    return END;
  }

  /**
   * Tells the source, once, that no more is wanted, unless it ended by itself. It is not waited for, because a source that still waits
   * for its next document may do so for ever; nor is there anybody left for an error of its end.
   */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    (async () => await this.#documents.return?.())().catch(() => {});
  }
}
