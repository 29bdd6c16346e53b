/** Leaves each id once in `ids[0..length)`, sorted, and returns how many there are: presence, not occurrences. */
export function distinct(ids: Uint32Array, length: number): number {
  const sorted = ids.subarray(0, length).sort();
  let kept = 0;
  for (let j = 0; j < length; j++) if (j === 0 || sorted[j] !== sorted[j - 1]) sorted[kept++] = sorted[j];
  return kept;
}
