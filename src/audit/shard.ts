import type { Outcome } from './outcome.ts';
import type { AuditDocument, SourceItem, SourceNotice } from './source.ts';

/** A page that is still to be fetched. */
export interface PageItem {
  readonly kind: 'page';
  readonly address: string;
  readonly lastModified?: string;
}

/** What a shard is made of: documents as text, pages by address, and what a source could not give. */
export type ShardItem = TextDocumentItem | PageItem | SourceNotice;

/** A document whose text is decoded. */
export type TextDocumentItem = AuditDocument & { readonly content: string };

/** Figures of a shard. */
export interface ShardTotals {
  readonly documents: number;
  readonly flagged: number;
  readonly spans: number;
  readonly errors: number;
  readonly skipped: number;
}

/** Items of a shard: what one message or one lease stands for, and what is done twice where a worker dies. */
const MOST_DOCUMENTS = 50;
/** Each may wait for half a minute; a lease must outlast them. */
const MOST_PAGES = 5;
/** UTF-16 units: a second of work at the edge. */
const MOST_UNITS = 512 * 1024;

/** Cuts items into shards, in order; a document above the limit of units has one of its own. */
export async function* shardsOf(items: AsyncIterable<ShardItem>): AsyncGenerator<ShardItem[]> {
  let shard: ShardItem[] = [];
  let units = 0;
  let pages = 0;
  for await (const item of items) {
    const size = item.kind === 'document' ? item.content.length : 0;
    if (shard.length > 0 && units + size > MOST_UNITS) {
      yield shard;
      [shard, units, pages] = [[], 0, 0];
    }
    shard.push(item);
    units += size;
    if (item.kind === 'page') pages++;
    if (shard.length < MOST_DOCUMENTS && pages < MOST_PAGES) continue;
    yield shard;
    [shard, units, pages] = [[], 0, 0];
  }
  if (shard.length > 0) yield shard;
}

export function encodeItems(items: readonly object[]): Uint8Array {
  return new TextEncoder().encode(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
}

export function decodeItems<T>(bytes: Uint8Array): T[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

export function totalsOf(outcomes: readonly Outcome[]): ShardTotals {
  const totals = { documents: 0, flagged: 0, spans: 0, errors: 0, skipped: 0 };
  for (const outcome of outcomes) {
    if (outcome.kind === 'error') totals.errors++;
    else if (outcome.kind === 'skipped') totals.skipped++;
    else totals.documents++;
    if (outcome.kind !== 'flagged') continue;
    totals.flagged++;
    totals.spans += outcome.row.spans.length;
  }
  return totals;
}

/** A document whose bytes are decoded, a notice, or `null` for what is neither. */
export function isText(item: SourceItem): item is TextDocumentItem | SourceNotice {
  return item.kind !== 'document' || typeof item.content === 'string';
}
