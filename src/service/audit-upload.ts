import type { Context } from 'hono';
import { isText, type ShardItem } from '../audit/shard.ts';
import { ndjsonSource } from '../audit/sources/ndjson.ts';
import { archiveItems } from './audit-archive.ts';
import type { AuditSourceWish } from './audit-source.ts';
import { checkUncompressed } from './body.ts';
import type { Dependencies } from './dependencies.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';

/** Bytes of an upload: what a platform at the edge takes. A larger one is split, or audited on the command line. */
const MOST_BYTES = 100_000_000;
/** A web archive is read whole, because what follows a broken record is looked for in it. */
const MOST_ARCHIVE_BYTES = 32_000_000;

const ROWS = new Set(['application/x-ndjson', 'application/ndjson', 'application/jsonl']);
const ARCHIVE = 'application/warc';

/** An upload that is to be audited; `null` where the body is something else. Throws a `ProblemError`. */
export function uploadOf(
  c: Context<ServiceEnv>,
  { decodePage }: Dependencies,
): { source: AuditSourceWish; items: AsyncIterable<ShardItem> } | null {
  const type = (c.req.header('Content-Type') ?? '').split(';', 1)[0].trim().toLowerCase();
  if (ROWS.has(type)) {
    checkUncompressed(c.req.raw.headers);
    const rows = ndjsonSource('upload', limited(c.req.raw, MOST_BYTES));
    return { source: { kind: 'upload', format: 'ndjson' }, items: texts(rows) };
  }
  if (type !== ARCHIVE) return null;
  checkUncompressed(c.req.raw.headers);
  return { source: { kind: 'upload', format: 'warc' }, items: archived(c.req.raw, decodePage) };
}

async function* archived(request: Request, decode: Dependencies['decodePage']): AsyncGenerator<ShardItem> {
  const parts: Uint8Array[] = [];
  for await (const part of limited(request, MOST_ARCHIVE_BYTES)) parts.push(part);
  yield* archiveItems(new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer()), decode);
}

async function* texts(items: ReturnType<typeof ndjsonSource>): AsyncGenerator<ShardItem> {
  for await (const item of items) if (isText(item)) yield item;
}

/** The chunks of a body. Throws a `too-large` problem as soon as there are more bytes than that. */
async function* limited({ body, headers }: Request, most: number): AsyncGenerator<Uint8Array> {
  const declared = Number(headers.get('Content-Length') ?? 0);
  if (declared > most) throw tooLarge(most);
  const reader = body?.getReader();
  let bytes = 0;
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new ProblemError('unreadable-body', 'the body broke off before its end; send it again');
    });
    if (part === undefined || part.done) break;
    bytes += part.value.length;
    if (bytes > most) {
      reader?.cancel().catch(() => undefined);
      throw tooLarge(most);
    }
    yield part.value;
  }
  if (bytes === 0) throw new ProblemError('empty-body', 'the body is empty; send rows of JSON with a text each');
}

function tooLarge(most: number): ProblemError {
  const detail = `the upload has more than the limit of ${most} bytes; split it, or audit it on the command line`;
  return new ProblemError('too-large', detail, { limit: most });
}
