import type { FindingRow } from '../audit/finding-row.ts';
import { decodeItems, encodeItems, type ShardItem } from '../audit/shard.ts';
import type { SourceNotice } from '../audit/source.ts';
import type { AuditFiles } from '../store/audit-files.ts';
import { sha256Hex } from '../sha256.ts';

const ADDRESSES = 'in/addresses.txt';

/** The files of one audit: what is to be checked, what was found, the reports. */
export class AuditFolder {
  readonly #files: AuditFiles;
  readonly #tenant: string;
  readonly #id: string;

  constructor(files: AuditFiles, tenant: string, id: string) {
    this.#files = files;
    this.#tenant = tenant;
    this.#id = id;
  }

  /** What a shard is to check; gives its digest. */
  async putInput(shard: number, items: readonly ShardItem[]): Promise<string> {
    const bytes = encodeItems(items);
    await this.#put(nameOf('in', shard), bytes);
    return await sha256Hex(bytes);
  }

  /** `null` where it is gone or is not what the digest says. */
  async input(shard: number, digest: string): Promise<ShardItem[] | null> {
    const bytes = await this.#get(nameOf('in', shard));
    if (bytes === null || (await sha256Hex(bytes)) !== digest) return null;
    return decodeItems<ShardItem>(bytes);
  }

  /** What was to be checked is not kept longer than it is needed. */
  async dropInput(shard: number): Promise<void> {
    await this.#put(nameOf('in', shard), new Uint8Array());
  }

  async putOutput(shard: number, rows: readonly FindingRow[], notices: readonly SourceNotice[]): Promise<void> {
    if (rows.length > 0) await this.#put(nameOf('out', shard), encodeItems(rows));
    if (notices.length > 0) await this.#put(nameOf('notices', shard), encodeItems(notices));
  }

  /** Flagged documents of a shard. */
  rows(shard: number): Promise<FindingRow[]> {
    return this.#items<FindingRow>(nameOf('out', shard));
  }

  notices(shard: number): Promise<SourceNotice[]> {
    return this.#items<SourceNotice>(nameOf('notices', shard));
  }

  async putAddresses(addresses: readonly string[]): Promise<void> {
    await this.#put(ADDRESSES, new TextEncoder().encode(addresses.join('\n')));
  }

  async addresses(): Promise<string[] | null> {
    const bytes = await this.#get(ADDRESSES);
    return bytes === null ? null : new TextDecoder().decode(bytes).split('\n');
  }

  async putReport(name: string, text: string): Promise<void> {
    await this.#put(`report/${name}`, new TextEncoder().encode(text));
  }

  report(name: string): Promise<Uint8Array | null> {
    return this.#get(`report/${name}`);
  }

  remove(): Promise<void> {
    return this.#files.remove(this.#tenant, this.#id);
  }

  async #items<T>(name: string): Promise<T[]> {
    const bytes = await this.#get(name);
    return bytes === null ? [] : decodeItems<T>(bytes);
  }

  #put(name: string, bytes: Uint8Array): Promise<void> {
    return this.#files.put(this.#tenant, this.#id, name, bytes);
  }

  #get(name: string): Promise<Uint8Array | null> {
    return this.#files.get(this.#tenant, this.#id, name);
  }
}

function nameOf(folder: string, shard: number): string {
  return `${folder}/${String(shard).padStart(6, '0')}.ndjson`;
}
