import type { FindingRow } from '../audit/finding-row.ts';
import type { Outcome } from '../audit/outcome.ts';
import { totalsOf, type PageItem, type ShardItem, type TextDocumentItem } from '../audit/shard.ts';
import { failure, type SourceNotice } from '../audit/source.ts';
import type { PageFetcher } from '../audit/web/fetch-page.ts';
import type { ClaimedShard } from '../store/store.ts';
import { auditHere } from './audit-check.ts';
import { AuditFolder } from './audit-folder.ts';
import { fetchDocument, pageFetcherOf } from './audit-pages.ts';
import type { StoreDependencies } from './dependencies.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import type { TenantSieves } from './tenant-sieves.ts';

type Got = TextDocumentItem | SourceNotice;

/** Checks shards of audits, with the sieve of the tenant. */
export class AuditShards {
  readonly #dependencies: StoreDependencies;
  readonly #sieves: TenantSieves;

  constructor(dependencies: StoreDependencies, sieves: TenantSieves) {
    this.#dependencies = dependencies;
    this.#sieves = sieves;
  }

  /** Files first, then the figures, once: a second worker writes the same files again and counts nothing. */
  async check(folder: AuditFolder, { tenant, id, shard, digest }: ClaimedShard): Promise<void> {
    const { audits } = this.#dependencies.store;
    const items = await folder.input(shard, digest);
    if (items === null) {
      await audits.failShard(tenant, id, shard, 'what was to be checked is gone or damaged');
      return;
    }
    const outcomes = await this.#outcomesOf(tenant, id, items);
    const rows = outcomes.flatMap((outcome) => (outcome.kind === 'flagged' ? [outcome.row] : []));
    const notices = outcomes.filter((outcome): outcome is SourceNotice => 'detail' in outcome);
    await folder.putOutput(shard, await this.#kept(tenant, rows), notices);
    if (await audits.settleShard(tenant, id, shard, totalsOf(outcomes))) await folder.dropInput(shard);
  }

  async #outcomesOf(tenant: string, id: string, items: readonly ShardItem[]): Promise<Outcome[]> {
    const { store, auditor = auditHere } = this.#dependencies;
    const record = await store.audits.get(tenant, id);
    const { sieve, policy, made = null } = await this.#sieves.siteOf(tenant, 'none');
    const got = await this.#got(items);
    const documents = got.filter((item) => item.kind === 'document');
    const judged = await auditor({ made, policy: record?.policy ?? policy ?? null, documents }, sieve);
    let next = 0;
    return got.map((item) => (item.kind === 'document' ? judged[next++] : item));
  }

  /** Pages one after another: the fetcher keeps its distance. */
  async #got(items: readonly ShardItem[]): Promise<Got[]> {
    const fetcher = items.some(({ kind }) => kind === 'page') ? pageFetcherOf(this.#dependencies) : null;
    const got: Got[] = [];
    for (const item of items) {
      if (item.kind !== 'page') got.push(item);
      else if (fetcher !== null) got.push(await this.#page(fetcher, item));
    }
    return got;
  }

  async #page(fetcher: PageFetcher, item: PageItem): Promise<Got> {
    try {
      return await fetchDocument(fetcher, item, this.#dependencies.decodePage);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return failure({ source: item.address }, 'unreadable', detail);
    }
  }

  /** For tenants whose texts are not kept, places and figures remain. */
  async #kept(tenant: string, rows: readonly FindingRow[]): Promise<readonly FindingRow[]> {
    const { retain } = (await this.#dependencies.store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
    if (retain === 'full') return rows;
    const hidden = retain === 'spans' ? { before: '', after: '' } : { text: '', before: '', after: '', hosts: [] };
    return rows.map((row) => ({ ...row, spans: row.spans.map((span) => ({ ...span, ...hidden })) }));
  }
}
