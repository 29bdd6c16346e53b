import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { TextSink } from '../../audit/text-sink.ts';

/** Units that are gathered before they are handed over: a write for each row costs as much as making it. */
const CHUNK = 64 * 1024;

/** A file that is written as it comes, no faster than the disk takes it. Throws what the file system says, at the latest on closing. */
export class TextFile implements TextSink {
  readonly #stream;
  readonly #failed: Promise<never>;
  #pending = '';
  #written = 0;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
    this.#failed = new Promise((_, reject) => this.#stream.once('error', reject));
    // It may fail between two calls: the next one tells.
    this.#failed.catch(() => undefined);
  }

  /** UTF-8 bytes that were handed over; up to `CHUNK` units more wait. */
  get bytes(): number {
    return this.#written;
  }

  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= CHUNK) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    const finished = once(this.#stream, 'finish');
    this.#stream.end();
    await Promise.race([finished, this.#failed]);
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#pending);
    this.#pending = '';
    this.#written += bytes.length;
    if (bytes.length === 0 || this.#stream.write(bytes)) return;
    await Promise.race([once(this.#stream, 'drain'), this.#failed]);
  }
}
