import { join } from 'node:path';
import type { Dependencies } from '../service/dependencies.ts';
import { folderAuditFiles } from './audit-files.ts';
import { publicOnly } from './audit/web/address-guard.ts';
import { HttpClient } from './audit/web/http-client.ts';
import { pageText } from './audit/web/page-text.ts';
import { UserFailure } from './failure.ts';
import { threadAuditor } from './thread-auditor.ts';
import { VERSION } from '../version.ts';

/** For one request from the first byte sent to the last one read: a shard of pages has to be done within its lease. */
const TIMEOUT_MS = 10_000;

/** What audits need of a data folder: a place for them, a thread, a client that reaches no private address, and all encodings. */
export function auditParts(
  data: string | null,
): Pick<Dependencies, 'auditFiles' | 'auditor' | 'httpClient' | 'decodePage'> {
  if (data === null) return {};
  const { signal } = new AbortController();
  return {
    auditFiles: folderAuditFiles(join(data, 'audits')),
    auditor: threadAuditor(),
    httpClient: new HttpClient({ userAgent: `linesieve/${VERSION}`, guard: publicOnly, timeoutMs: TIMEOUT_MS, signal }),
    decodePage,
  };
}

/** `null` where no encoding fits. */
function decodePage(bytes: Uint8Array, contentType: string | null, address: string): string | null {
  try {
    return pageText(bytes, contentType, address);
  } catch (error) {
    if (error instanceof UserFailure) return null;
    throw error;
  }
}
