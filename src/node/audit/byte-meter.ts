import type { ByteStream } from '../../audit/source.ts';

/** Bytes of files that there are, and those that were read: what is left of a run whose documents nobody has counted. */
export class ByteMeter {
  total = 0;
  read = 0;

  async *count(bytes: ByteStream): AsyncGenerator<Uint8Array> {
    for await (const part of bytes) {
      this.read += part.length;
      yield part;
    }
  }
}
