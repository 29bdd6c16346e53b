import { join } from 'node:path';
import { isText, type ShardItem } from '../audit/shard.ts';
import { failure, type SourceItem } from '../audit/source.ts';
import { warcSource } from '../audit/sources/warc.ts';
import type { Dependencies } from '../service/dependencies.ts';
import { VERSION } from '../sieve.ts';
import { folderAuditFiles } from './audit-files.ts';
import { publicOnly } from './audit/web/address-guard.ts';
import { HttpClient } from './audit/web/http-client.ts';
import { pageText } from './audit/web/page-text.ts';
import { decodeBytes } from './charset.ts';
import { UserFailure } from './failure.ts';
import { threadAuditor } from './thread-auditor.ts';

/** For one request from the first byte sent to the last one read: a shard of pages has to be done within its lease. */
const TIMEOUT_MS = 10_000;

/** What audits need of a data folder: a place for them, a thread, a client that reaches no private address, and all encodings. */
export function auditParts(
  data: string | null,
): Pick<Dependencies, 'auditFiles' | 'auditor' | 'httpClient' | 'decodePage' | 'readArchive'> {
  if (data === null) return {};
  const { signal } = new AbortController();
  return {
    auditFiles: folderAuditFiles(join(data, 'audits')),
    auditor: threadAuditor(),
    httpClient: new HttpClient({ userAgent: `linesieve/${VERSION}`, guard: publicOnly, timeoutMs: TIMEOUT_MS, signal }),
    decodePage: pageText,
    readArchive,
  };
}

/** The pages of a web archive. What cannot be decoded is told. */
async function* readArchive(archive: Uint8Array): AsyncGenerator<ShardItem> {
  const open = async function* (offset: number): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(archive.subarray(offset));
  };
  for await (const item of warcSource('upload', open)) yield isText(item) ? item : decoded(item);
}

function decoded(item: SourceItem): ShardItem {
  if (item.kind !== 'document') return item;
  const { content, id, place } = item;
  try {
    return { ...item, content: typeof content === 'string' ? content : decodeBytes(content, id).text };
  } catch (error) {
    if (error instanceof UserFailure) return failure(place, 'undecodable', error.message);
    throw error;
  }
}
