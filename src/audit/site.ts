import type { FindingRow } from './finding-row.ts';

const HOST = /^https?:\/\/([^/?#]+)/i;

/** What a document is a page of: the host of its address; else the export it is a record of, or the folder of its file. */
export function siteOf({ id, place }: Pick<FindingRow, 'id' | 'place'>): string {
  for (const name of [place.source, place.entry ?? '', id]) {
    const host = HOST.exec(name)?.[1];
    if (host !== undefined) return host.toLowerCase();
  }
  return place.entry === undefined ? place.source.replace(/[^/\\]*$/, '') : place.source;
}
