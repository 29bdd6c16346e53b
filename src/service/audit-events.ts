import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { AuditRecord } from '../store/store.ts';
import type { ServiceEnv } from './problem.ts';

/** Looked for so often; what nobody could see in between is not told. */
const EVERY_MS = 500;
/** A stream ends after it; clients of server-sent events connect again by themselves. */
const LONGEST_MS = 10 * 60_000;
const OVER: ReadonlySet<AuditRecord['state']> = new Set(['done', 'failed', 'cancelled']);

/** How far an audit is, as server-sent events: `progress` at each change, `finished` at last. */
export function auditEvents(
  c: Context<ServiceEnv>,
  read: () => Promise<AuditRecord | null>,
  shown: (record: AuditRecord) => object,
): Response {
  return streamSSE(c, async (stream) => {
    const began = Date.now();
    let last = '';
    while (!stream.aborted && !stream.closed && Date.now() - began < LONGEST_MS) {
      const record = await read();
      if (record === null) return;
      const data = JSON.stringify(shown(record));
      const isOver = OVER.has(record.state);
      if (data !== last) await stream.writeSSE({ event: isOver ? 'finished' : 'progress', data });
      if (isOver) return;
      last = data;
      await stream.sleep(EVERY_MS);
    }
  });
}
