import type { Campaign, Placing } from './campaigns.ts';

/** Where the parts of a page begin and end; an injection goes between them. */
export interface PageParts {
  readonly head: string;
  readonly navigation: string;
  readonly paragraphs: readonly string[];
  readonly footer: string;
}

/** A page with one injection: `source.slice(start, end)` is the list, from its first phrase to its last. */
export interface InjectedPage {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** Stands in no text of the site. */
const OPEN = '\ue000';
const CLOSE = '\ue001';

export function joinParts({ head, navigation, paragraphs, footer }: PageParts): string {
  return `${head}<body>\n${navigation}\n<main>\n${paragraphs.join('\n')}\n</main>\n${footer}\n</body>\n</html>\n`;
}

/** Puts the list of a campaign into a page; `turn` counts the pages of the campaign, from 0. */
export function inject(parts: PageParts, campaign: Campaign, placing: Placing, turn: number): InjectedPage {
  const marked = joinParts(PLACERS[placing](parts, listOf(campaign, placing, turn)));
  const start = marked.indexOf(OPEN);
  const end = marked.indexOf(CLOSE) - OPEN.length;
  return { source: marked.replace(OPEN, '').replace(CLOSE, ''), start, end };
}

/** All phrases but one, from another one on: the lists of a campaign resemble each other and are not the same. */
function phrasesOf({ phrases }: Campaign, turn: number): string[] {
  const kept = phrases.filter((_, i) => i !== (turn * 3 + 1) % phrases.length);
  return [...kept.slice(turn), ...kept.slice(0, turn)];
}

function listOf(campaign: Campaign, placing: Placing, turn: number): string {
  const { host, separator } = campaign;
  const items = phrasesOf(campaign, turn).map((phrase, i) =>
    host === undefined ? phrase : `<a href="http://${host}/${turn}-${i}.html">${phrase}</a>`,
  );
  const joined = items.join(placing === 'table' ? '</td></tr>\n<tr><td>' : separator);
  // The marks stand inside of the first and the last link: tags are no part of what is said.
  if (host === undefined) return OPEN + joined + CLOSE;
  return joined.replace('>', `>${OPEN}`).replace(/<\/a>$/, `${CLOSE}</a>`);
}

const PLACERS: Readonly<Record<Placing, (parts: PageParts, list: string) => PageParts>> = {
  tail: (parts, list) => ({ ...parts, footer: `${parts.footer}\n<p>${list}</p>` }),
  head: (parts, list) => ({ ...parts, navigation: `<h2>${list}</h2>\n${parts.navigation}` }),
  glued: (parts, list) => ({ ...parts, paragraphs: glued(parts.paragraphs, list) }),
  table: (parts, list) => ({
    ...parts,
    paragraphs: [...parts.paragraphs, `<table><tr><td>${list}</td></tr></table>`],
  }),
  'off-screen': (parts, list) => ({
    ...parts,
    footer: `${parts.footer}\n<div style="position:absolute;left:-9999px;top:-9999px">${list}</div>`,
  }),
  comment: (parts, list) => ({ ...parts, footer: `<!-- ${list} -->\n${parts.footer}` }),
  noscript: (parts, list) => ({ ...parts, footer: `<noscript>${list}</noscript>\n${parts.footer}` }),
};

/** Behind the last sentence of the second text paragraph, in the same element. */
function glued(paragraphs: readonly string[], list: string): string[] {
  const at = Math.min(2, paragraphs.length - 1);
  return paragraphs.map((paragraph, i) => (i === at ? paragraph.replace(/<\/p>$/, `${list}</p>`) : paragraph));
}
