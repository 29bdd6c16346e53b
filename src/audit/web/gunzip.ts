import { FetchFailure } from './fetch-failure.ts';

/** The bytes of a gzip file, or the bytes themselves where they are none. Throws a FetchFailure above the limit and for broken data. */
export async function gunzipped(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const inflated = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await collected(inflated, maxBytes).catch((error: unknown) => {
    if (error instanceof FetchFailure) throw error;
    throw new FetchFailure('broken-encoding', 'the gzip data is broken');
  });
}

/** The bytes of a stream. Throws a FetchFailure as soon as they are above the limit. */
export async function collected(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    parts.push(part.value);
    if (length <= maxBytes) continue;
    reader.cancel().catch(() => undefined);
    throw new FetchFailure('too-large', `more than ${maxBytes} bytes`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
