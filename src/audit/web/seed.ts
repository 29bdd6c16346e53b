import type { SourceNotice } from '../source.ts';

/** A page that a list or a sitemap names, or what was wrong with it. */
export type Seed = { readonly kind: 'seed'; readonly address: string; readonly lastModified?: string } | SourceNotice;
