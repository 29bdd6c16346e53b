/** What was taken out of a text, so that it can be put back: `at` counts UTF-16 units of the text as it was. */
export interface Removal {
  readonly at: number;
  readonly text: string;
}

/**
 * The removals that turn `before` into `after`. Throws a RangeError where `after` is not `before` with parts left out.
 * Linear; a removal may be split where units of it recur behind it, and is put back all the same.
 */
export function removalsOf(before: string, after: string): Removal[] {
  const removals: Removal[] = [];
  let kept = 0;
  let from = 0;
  for (let i = 0; i < before.length; i++) {
    if (kept === after.length || before[i] !== after[kept]) continue;
    if (i > from) removals.push({ at: from, text: before.slice(from, i) });
    kept++;
    from = i + 1;
  }
  if (kept < after.length) throw new RangeError('the cleaned text is not the text with parts left out');
  if (from < before.length) removals.push({ at: from, text: before.slice(from) });
  return removals;
}

/** Puts removals back. */
export function restore(after: string, removals: readonly Removal[]): string {
  const parts: string[] = [];
  let length = 0;
  let kept = 0;
  for (const { at, text } of removals) {
    parts.push(after.slice(kept, kept + at - length), text);
    kept += at - length;
    length = at + text.length;
  }
  return parts.join('') + after.slice(kept);
}
