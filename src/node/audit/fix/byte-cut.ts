/** Bytes that are taken out of a file: `at` counts bytes of the file as it was, `bytes` is Base64. */
export interface ByteCut {
  readonly at: number;
  readonly bytes: string;
}

export function cutOf(file: Buffer, start: number, end: number): ByteCut {
  return { at: start, bytes: file.toString('base64', start, end) };
}

/** The file without the cuts, which are in order and apart. */
export function withoutCuts(file: Buffer, cuts: readonly ByteCut[]): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { at, bytes } of cuts) {
    parts.push(file.subarray(from, at));
    from = at + Buffer.byteLength(bytes, 'base64');
  }
  return Buffer.concat([...parts, file.subarray(from)]);
}

/** The file as it was before `withoutCuts`. */
export function putBack(file: Buffer, cuts: readonly ByteCut[]): Buffer {
  const parts: Buffer[] = [];
  let kept = 0;
  let length = 0;
  for (const { at, bytes } of cuts) {
    const removed = Buffer.from(bytes, 'base64');
    parts.push(file.subarray(kept, kept + at - length), removed);
    kept += at - length;
    length = at + removed.length;
  }
  return Buffer.concat([...parts, file.subarray(kept)]);
}
