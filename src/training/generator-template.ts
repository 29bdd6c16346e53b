/** One piece of a phrase: a literal, a word of a slot, the word drawn before for a slot, random digits or characters. */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: string }
  | { readonly kind: 'again'; readonly slot: string }
  | { readonly kind: 'digits'; readonly count: number }
  | { readonly kind: 'characters'; readonly count: number };

/** Pieces glued together, taken with a chance. */
export interface Token {
  readonly chance: number;
  readonly pieces: readonly Piece[];
}

export type Template = readonly Token[];

/**
 * Reads a template. Tokens stand between blanks; `+` glues the pieces of a token. `SLOT` draws a word, `SLOT@` repeats the
 * one drawn before, `#5` is five digits, `*6` six random characters, anything else stands for itself. `TOKEN?30` is
 * taken in 30 of 100 phrases, `TOKEN?` in half of them. A literal in upper case belongs into a slot.
 */
export function parseTemplate(source: string): Template {
  return source.split(' ').filter(Boolean).map(parseToken);
}

function parseToken(source: string): Token {
  const [, body, percent] = /^(.+?)\?(\d{0,2})$/.exec(source) ?? [source, source, '100'];
  const pieces = body.split('+').filter(Boolean).map(parsePiece);
  return { chance: percent === '' ? 0.5 : Number(percent) / 100, pieces };
}

function parsePiece(source: string): Piece {
  const slot = /^([A-Z][A-Z0-9]*)(@?)$/.exec(source);
  if (slot !== null) return slot[2] === '@' ? { kind: 'again', slot: slot[1] } : { kind: 'slot', slot: slot[1] };
  const random = /^([#*])(\d{1,2})$/.exec(source);
  if (random?.[1] === '#') return { kind: 'digits', count: Number(random[2]) };
  if (random?.[1] === '*') return { kind: 'characters', count: Number(random[2]) };
  return { kind: 'literal', text: source };
}

/** Slots that a template draws from, in order. */
export function slotsOf(template: Template): string[] {
  return template.flatMap(({ pieces }) => pieces.flatMap((piece) => (piece.kind === 'slot' ? [piece.slot] : [])));
}

/** Slots repeated by `SLOT@` that may not have been drawn before: not at all, or only with a chance. */
export function repeatedTooEarly(template: Template, fixed: string | null): string[] {
  const drawn = new Set(fixed === null ? [] : [fixed]);
  const early: string[] = [];
  for (const { chance, pieces } of template) {
    for (const piece of pieces) {
      if (piece.kind === 'slot' && chance === 1) drawn.add(piece.slot);
      if (piece.kind === 'again' && !drawn.has(piece.slot)) early.push(piece.slot);
    }
  }
  return early;
}
