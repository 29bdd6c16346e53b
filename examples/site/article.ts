export type Language = 'zh-Hans' | 'zh-Hant' | 'en' | 'id';

/** An honest article of the site. */
export interface Article {
  /** Path below the folder of the language, without `.html`. */
  readonly slug: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What makes it look like spam to a careless filter; absent where nothing does. */
  readonly hardBecause?: string;
  /** Written in GBK, and says so; else UTF-8. */
  readonly gbk?: true;
}
