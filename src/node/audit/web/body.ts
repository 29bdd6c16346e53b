import type { IncomingMessage } from 'node:http';
import { Duplex, pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchFailure } from '../../../audit/web/fetch-failure.ts';

const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
/** Codings on top of each other: one is usual, a tower of them is a bomb. */
const MOST_CODINGS = 2;

/**
 * The decompressed body. What is above the limit throws as soon as that is known: from the length that was announced, from the
 * bytes that came, or from what they inflate to, so that memory stays within the limit whatever is sent.
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  try {
    if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
    const codings = codingsOf(response.headers['content-encoding']);
    return await collect(decoded(response, codings, maxBytes), maxBytes);
  } finally {
    response.destroy();
  }
}

function codingsOf(header: string | undefined): string[] {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const applied = codings.filter((coding) => coding !== '' && coding !== 'identity').reverse();
  const unknown = applied.find((coding) => !Object.hasOwn(DECODERS, coding));
  if (unknown === undefined && applied.length <= MOST_CODINGS) return applied;
  throw new FetchFailure(
    'encoding',
    `the content-encoding ${header} is not read (gzip, deflate, br; at most ${MOST_CODINGS})`,
  );
}

function decoded(response: IncomingMessage, codings: readonly string[], maxBytes: number): AsyncIterable<Uint8Array> {
  if (codings.length === 0) return response;
  const received = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const part of source) {
      length += part.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      yield part;
    }
  };
  const decoders = codings.map((coding) => DECODERS[coding]());
  // Errors reach the reader through the last stream, which the pipeline destroys with them.
  pipeline([response, Duplex.from(received), ...decoders], () => undefined);
  return decoders[decoders.length - 1];
}

async function collect(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

function tooLarge(maxBytes: number): FetchFailure {
  return new FetchFailure('too-large', `more than ${maxBytes} bytes; --max-page-bytes raises the limit`);
}
