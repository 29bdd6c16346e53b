import type { Article, Language } from './article.ts';
import { ARTICLES_EN } from './articles-en.ts';
import { ARTICLES_ID } from './articles-id.ts';
import { ARTICLES_ZH_HANS } from './articles-zh-hans.ts';
import { ARTICLES_ZH_HANT } from './articles-zh-hant.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { encodeGbk } from './gbk.ts';
import { inject, joinParts, type PageParts } from './inject.ts';

/** One page of the site. */
export interface SitePage {
  /** Below the root of the site. */
  readonly path: string;
  readonly language: Language;
  /** As it is decoded. */
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly hardBecause?: string;
  readonly injection?: { readonly campaign: string; readonly start: number; readonly end: number };
}

interface Section {
  readonly language: Language;
  readonly folder: string;
  readonly name: string;
  readonly greeting: string;
  readonly articles: readonly Article[];
}

const SECTIONS: readonly Section[] = [
  {
    language: 'zh-Hans',
    folder: 'zh-hans',
    name: '四方小报',
    greeting: '四方小报每周更新，写的是身边的小事：公园、书摊、面馆和路。欢迎来信指正，编辑部会在一周之内回复。',
    articles: ARTICLES_ZH_HANS,
  },
  {
    language: 'zh-Hant',
    folder: 'zh-hant',
    name: '四方小報（繁體）',
    greeting: '四方小報每週更新，寫的是身邊的小事：茶園、書店、步道和公車。歡迎來信指正，編輯部會在一週之內回覆。',
    articles: ARTICLES_ZH_HANT,
  },
  {
    language: 'en',
    folder: 'en',
    name: 'The Four Corners',
    greeting:
      'The Four Corners appears once a week and writes about what happens nearby: bridges, bakeries and the rain. Corrections are welcome and answered within a week.',
    articles: ARTICLES_EN,
  },
  {
    language: 'id',
    folder: 'id',
    name: 'Empat Penjuru',
    greeting:
      'Empat Penjuru terbit seminggu sekali dan menulis tentang hal-hal kecil di sekitar kita: pasar, kebun dan sungai. Surat pembaca kami jawab dalam seminggu.',
    articles: ARTICLES_ID,
  },
];

/** The forty pages, in the order of the sitemap. The same at every call. */
export function sitePages(): SitePage[] {
  return SECTIONS.flatMap((section) => [
    pageOf(section, 'index', { slug: 'index', title: section.name, paragraphs: [section.greeting] }),
    ...section.articles.map((article) => pageOf(section, article.slug, article)),
  ]);
}

function pageOf(section: Section, slug: string, article: Article): SitePage {
  const path = `${section.folder}/${slug}.html`;
  const parts = partsOf(section, article);
  const found = injectionOf(path);
  const page = found === null ? null : inject(parts, found.campaign, found.placing, found.turn);
  const source = page?.source ?? joinParts(parts);
  return {
    path,
    language: section.language,
    source,
    bytes: article.gbk === true ? encodeGbk(source) : new TextEncoder().encode(source),
    ...(article.hardBecause === undefined ? {} : { hardBecause: article.hardBecause }),
    ...(page === null || found === null
      ? {}
      : { injection: { campaign: found.campaign.id, start: page.start, end: page.end } }),
  };
}

function injectionOf(path: string) {
  for (const campaign of CAMPAIGNS) {
    const turn = campaign.pages.findIndex(([page]) => page === path);
    if (turn >= 0) return { campaign, placing: campaign.pages[turn][1], turn };
  }
  return null;
}

function partsOf(section: Section, { slug, title, paragraphs, gbk }: Article): PageParts {
  const charset = gbk === true ? 'gbk' : 'utf-8';
  const texts = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`);
  return {
    head: `<!DOCTYPE html>\n<html lang="${section.language}">\n<head>\n<meta charset="${charset}">\n<title>${escaped(title)}</title>\n<link rel="canonical" href="${slug}.html">\n</head>\n`,
    navigation: `<nav>${SECTIONS.map(({ folder, name }) => `<a href="../${folder}/index.html">${name}</a>`).join(' ')}</nav>`,
    paragraphs: [`<h1>${escaped(title)}</h1>`, ...texts, ...(slug === 'index' ? contents(section) : [])],
    footer: `<footer><a href="index.html?utm_source=footer#top">${section.name}</a></footer>`,
  };
}

function contents({ articles }: Section): string[] {
  const items = articles.map(({ slug, title }) => `<li><a href="${slug}.html">${escaped(title)}</a></li>`);
  return ['<ul>', ...items, '</ul>'];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
