/** Bytes of a buffer: a chunk, and what is read before it is known to be whole. */
const SIZE = 1536 * 1024;

/**
 * Buffers that go round: filled where a file is read, emptied in another thread, filled again. Memory: as many as are under way at a time. New ones
 * for every chunk of a gigabyte of rows were 80 MB more at the most: the collector does not hurry for memory that is not its own.
 */
export class ChunkBuffers {
  readonly #free: ArrayBuffer[] = [];

  /** Of at least so many bytes; what is in it is anything. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const kept = bytes <= SIZE ? this.#free.pop() : undefined;
    return new Uint8Array(kept ?? new ArrayBuffer(Math.max(bytes, SIZE)));
  }

  /** Buffers that nobody reads any more; those that were made for a long row are left to the collector. */
  giveBack(buffers: readonly ArrayBuffer[]): void {
    this.#free.push(...buffers.filter(({ byteLength }) => byteLength === SIZE));
  }
}
