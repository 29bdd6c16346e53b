import type { AuditMessage } from '../../src/service/audit-queue.ts';
import worker, { type Bindings } from '../../src/worker.ts';

/** What became of messages, told by a table of its own: a worker that consumes and the test that asks need not be one isolate. */
export const TALLY = 'CREATE TABLE IF NOT EXISTS test_tally (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT';

type Given = Required<Pick<Bindings, 'DB'>> & Bindings;
type Batch = Parameters<typeof worker.queue>[0];

async function count(bindings: Given, name: string): Promise<number> {
  const sql =
    'INSERT INTO test_tally (name, count) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1 RETURNING count';
  const [outcome] = await bindings.DB.batch([bindings.DB.prepare(sql).bind(name)]);
  return (outcome.results[0] as { count: number }).count;
}

/** Who asks for an audit whose second shard fails however often its message comes. */
export const POISON = 'poison';

async function isPoisoned({ DB }: Given, body: unknown): Promise<boolean> {
  const { audit, step, shard } = body as AuditMessage & { readonly shard?: number };
  if (step !== 'shard' || shard !== 1) return false;
  const [{ results }] = await DB.batch([DB.prepare('SELECT author FROM audits WHERE id = ?1').bind(audit)]);
  return (results[0] as { author: string } | undefined)?.author === POISON;
}

/** The worker, whose consumer fails one time in five: before a message is handled, or after it was, by turns. */
export default {
  ...worker,
  async queue(batch: Batch, given: Given): Promise<void> {
    const bindings = { ...given, LINESIEVE_STORE: 'd1' };
    for (const message of batch.messages) {
      if (batch.queue === 'linesieve-audits' && (await isPoisoned(bindings, message.body))) {
        await count(bindings, 'poisoned');
        message.retry();
        continue;
      }
      const handled = await count(bindings, 'handled');
      const fails = handled % 5 === 0;
      if (fails && handled % 2 === 0) {
        await count(bindings, 'failed before');
        message.retry();
        continue;
      }
      const settled = { ...message, body: message.body, ack: () => undefined, retry: () => message.retry() };
      await worker.queue({ queue: batch.queue, messages: [settled] }, bindings);
      if (fails) {
        await count(bindings, 'failed after');
        message.retry();
      } else message.ack();
    }
  },
};
