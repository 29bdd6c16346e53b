/** What is taken out of a text: `at` counts UTF-16 units of the text as it was. Never half a character. */
export interface Removal {
  readonly at: number;
  readonly text: string;
}

/**
 * The removals that turn `before` into `after`. Throws a RangeError where `after` is not `before` with parts left out.
 * Linear; a removal may be split where characters of it recur behind it, and makes the same text all the same.
 */
export function removalsOf(before: string, after: string): Removal[] {
  const removals: Removal[] = [];
  let kept = 0;
  let from = 0;
  let at = 0;
  for (const character of before) {
    if (kept < after.length && after.startsWith(character, kept)) {
      if (at > from) removals.push({ at: from, text: before.slice(from, at) });
      kept += character.length;
      from = at + character.length;
    }
    at += character.length;
  }
  if (kept < after.length) throw new RangeError('the cleaned text is not the text with parts left out');
  if (from < before.length) removals.push({ at: from, text: before.slice(from) });
  return removals;
}
