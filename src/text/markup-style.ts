/** Declarations of a style by property; of several for one property the last counts. */
export type Declarations = ReadonlyMap<string, string>;

/** Pixels beyond which nothing visible is laid out: sprites and skip links use 9999, spam kits 9000 and 500. */
const OFF_SCREEN = 500;
/** To the right and below, pages do reach further: a strip of slides, a long list. */
const FAR = 5000;
/** Pixels of a unit; percent and viewport units count so that one whole screen is off. */
const UNITS: Readonly<Record<string, number>> = {
  em: 16,
  rem: 16,
  ch: 8,
  pt: 4 / 3,
  in: 96,
  cm: 38,
  '%': 5,
  vw: 5,
  vh: 5,
};
/** Nothing of this many pixels or fewer can be read. */
const UNREADABLE = 1;
/** Nothing of this opacity or less can be seen. */
const TRANSPARENT = 0.02;

const PLACES = ['left', 'top', 'right', 'bottom', 'text-indent', 'margin-left', 'margin-top'];
/** What says nothing of a colour by itself. */
const NO_COLOUR = new Set(['', 'inherit', 'initial', 'unset', 'revert', 'currentcolor', 'none']);
const COLOURS: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  red: '#ff0000',
  blue: '#0000ff',
};

export function declarationsOf(style: string): Declarations {
  const declarations = new Map<string, string>();
  for (const declaration of unescape(style).toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    declarations.set(declaration.slice(0, colon).trim(), value.trim());
  }
  return declarations;
}

/** Takes comments and escapes out: `dis\70lay` and `dis/**\/play` are how a style hides that it hides. */
function unescape(style: string): string {
  if (!style.includes('\\') && !style.includes('/*')) return style;
  return withoutComments(style).replace(/\\(?:([0-9a-fA-F]{1,6})\s?|(.))/g, (_, code?: string, unit?: string) =>
    code === undefined ? (unit ?? '') : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)),
  );
}

/** A style without its comments; one that is not closed reaches to the end. */
export function withoutComments(style: string): string {
  let kept = '';
  let at = 0;
  for (let open = style.indexOf('/*'); open >= 0; open = style.indexOf('/*', at)) {
    kept += style.slice(at, open);
    const close = style.indexOf('*/', open + 2);
    at = close < 0 ? style.length : close + 2;
  }
  return kept + style.slice(at);
}

/** True where a style hides its element from a reader. */
export function hidesByStyle(style: string): boolean {
  const declarations = declarationsOf(style);
  const hides = [hidesByKeyword, hidesBySize, hidesByPlace, hidesByClip, hidesByColour];
  return hides.some((hiding) => hiding(declarations));
}

function hidesByKeyword(declarations: Declarations): boolean {
  const opacity = declarations.get('opacity');
  return (
    declarations.get('display') === 'none' ||
    /^(?:hidden|collapse)/.test(declarations.get('visibility') ?? '') ||
    declarations.get('content-visibility') === 'hidden' ||
    (opacity !== undefined && ratio(opacity) <= TRANSPARENT)
  );
}

function hidesBySize(declarations: Declarations): boolean {
  const font = declarations.get('font-size');
  if (font !== undefined && isTiny(font)) return true;
  const shorthand = /(?:^|\s)([\d.]+[a-z%]*)(?:\/\S+)?\s+\S/.exec(declarations.get('font') ?? '')?.[1];
  if (shorthand !== undefined && isTiny(shorthand)) return true;
  const overflow = ['overflow', 'overflow-x', 'overflow-y'].some((name) =>
    /hidden|clip/.test(declarations.get(name) ?? ''),
  );
  const sizes = ['width', 'height', 'max-width', 'max-height', 'line-height'].map((name) => declarations.get(name));
  return overflow && sizes.some((size) => size !== undefined && isTiny(size));
}

function hidesByPlace(declarations: Declarations): boolean {
  const places = PLACES.filter((name) => {
    const place = declarations.get(name) ?? '';
    return isOff(place) && !(name.startsWith('margin') && place.endsWith('%'));
  });
  if (places.length > 0) return true;
  const transform = declarations.get('transform') ?? '';
  const moved = /translate(?:x|y|3d)?\(([^)]{0,200})\)/.exec(transform)?.[1] ?? '';
  return /scale(?:x|y)?\(\s*0(?:\.0+)?\s*[,)]/.test(transform) || moved.split(',').some((way) => isOff(way.trim()));
}

/** True for a distance that leaves the screen. (A margin in percent does not: columns are laid out by it.) */
function isOff(distance: string): boolean {
  const moved = pixels(distance);
  return moved <= -OFF_SCREEN || moved >= FAR;
}

function hidesByClip(declarations: Declarations): boolean {
  const rectangle = /^rect\(([^)]{0,200})\)/.exec(declarations.get('clip') ?? '')?.[1];
  const edges = rectangle?.split(/[\s,]+/).filter((edge) => edge !== '');
  if (edges !== undefined && edges.length === 4 && edges.every((edge) => pixels(edge) <= UNREADABLE)) return true;
  return /^(?:inset\(\s*(?:[5-9]\d|\d{3,})(?:\.\d+)?%|circle\(\s*0)/.test(declarations.get('clip-path') ?? '');
}

/** Text in the colour of its own background, or in none; the latter shows where a background is clipped to the text. */
function hidesByColour(declarations: Declarations): boolean {
  const colour = colourOf(declarations.get('color') ?? '');
  const clipped = `${declarations.get('background-clip') ?? ''}${declarations.get('-webkit-background-clip') ?? ''}`;
  if (colour === 'transparent') return !clipped.includes('text');
  const background = declarations.get('background-color') ?? declarations.get('background') ?? '';
  return !NO_COLOUR.has(colour) && colour === colourOf(/^[#a-z]+[0-9a-f]*(?=\s)/.exec(background)?.[0] ?? background);
}

/** One spelling of a colour: `white`, `#FFF` and `rgb(255, 255, 255)` are `#ffffff`. */
function colourOf(value: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  if (short !== null) return `#${short[1].repeat(2)}${short[2].repeat(2)}${short[3].repeat(2)}`;
  const parts = /^rgba?\(([^)]{0,100})\)$/
    .exec(value)?.[1]
    ?.split(/[\s,/]+/)
    .filter((part) => part !== '');
  if (parts === undefined || parts.length < 3) return COLOURS[value] ?? value;
  if (parts.length > 3 && ratio(parts[3]) <= TRANSPARENT) return 'transparent';
  const hexadecimal = parts.slice(0, 3).map((part) => Number(part).toString(16).padStart(2, '0'));
  return `#${hexadecimal.join('')}`;
}

function ratio(value: string): number {
  const number = value === '' ? Number.NaN : Number.parseFloat(value);
  return value.endsWith('%') ? number / 100 : number;
}

/** True for a size that cannot be read; a number without a unit is a size only where it is 0. */
function isTiny(size: string): boolean {
  return (/[a-z%]$/.test(size) || Number(size) === 0) && Math.abs(pixels(size)) <= UNREADABLE;
}

/** A length in pixels; NaN where it is none, which compares false. */
function pixels(length: string): number {
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+))([a-z%]*)$/.exec(length);
  return match === null ? Number.NaN : Number(match[1]) * (UNITS[match[2]] ?? 1);
}
