import { octetsOf } from './octets.ts';
import { sourceLines } from '../text-lines.ts';

export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Octets of one message: what mail servers take, attachments included, is 10 to 50 MB, but hardly any spam has 1. */
export const LARGEST_MESSAGE = 8 * 1024 * 1024;

/** The line before a message: an address and a date, the year last but for a zone. */
const SEPARATOR = /^From \S.*\d{4}(?: [+-]\d{4})?\s*$/;

/**
 * Octets of each message of an mbox file, or of a file that is one message (it begins with no `From ` line); `null` for one that is too
 * large. Quoted `>From ` lines are unquoted. Memory: one message.
 */
export async function* messagesOf(source: ByteSource): AsyncGenerator<string | null> {
  const message = new MessageBuffer();
  let isMbox = false;
  let wasBlank = true;
  for await (const { n, text } of sourceLines(octetPieces(source), LARGEST_MESSAGE)) {
    const isSeparator = (isMbox ? wasBlank : n === 1) && text !== null && isSeparatorLine(text);
    wasBlank = text === '';
    if (isSeparator) {
      isMbox = true;
      if (!message.isEmpty) yield message.finish();
    } else message.take(isMbox ? (text?.replace(/^>(?=>*From )/, '') ?? null) : text);
  }
  if (!message.isEmpty) yield message.finish();
}

/** Read only as far as such a line may go. */
const isSeparatorLine = (line: string): boolean => line.length < 1000 && SEPARATOR.test(line);

class MessageBuffer {
  #lines: string[] = [];
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** `null`: a line that is too long by itself. */
  take(line: string | null): void {
    this.#size += line === null ? LARGEST_MESSAGE + 1 : line.length + 1;
    if (this.#size > LARGEST_MESSAGE) this.#lines = [];
    else if (line !== null) this.#lines.push(line);
  }

  finish(): string | null {
    const message = this.#size > LARGEST_MESSAGE ? null : this.#lines.join('\n');
    this.#lines = [];
    this.#size = 0;
    return message;
  }
}

async function* octetPieces(source: ByteSource): AsyncGenerator<string> {
  for await (const bytes of source instanceof Uint8Array ? [source] : source) yield octetsOf(bytes);
}
