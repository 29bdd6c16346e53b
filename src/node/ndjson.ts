import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { DEFAULT_LIMITS } from '../service/limits.ts';
import { RowReader, type ErrorRow } from '../service/rows.ts';
import type { CheckInput, CheckOptions, Sieve } from '../sieve.ts';
import type { VerdictKind } from '../verdict/verdict.ts';

/** What became of a stream of rows. */
export interface StreamResult {
  readonly kinds: ReadonlySet<VerdictKind>;
  readonly errors: number;
}

/** Longest row in bytes: what a document may have, and JSON around it. A longer one gives an error row. */
export const LONGEST_ROW = 64 * 1024 * 1024;

/**
 * Checks rows `{"id", "text", "contentType"?}` one by one and writes a row each, in the same order, as they come: memory stays
 * that of one row. A bad row gives `{"id", "error": {"code", "detail"}}` and the stream goes on.
 */
export async function checkStream(
  input: AsyncIterable<Uint8Array>,
  output: Writable,
  sieve: Sieve,
  options: CheckOptions,
): Promise<StreamResult> {
  const kinds = new Set<VerdictKind>();
  let errors = 0;
  for await (const row of rowsOf(input)) {
    const answer = 'error' in row ? row : sieve.check(row, options);
    if ('error' in answer) errors++;
    else kinds.add(answer.verdict);
    if (!output.write(`${JSON.stringify(answer)}\n`)) await once(output, 'drain');
  }
  return { kinds, errors };
}

async function* rowsOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<CheckInput | ErrorRow> {
  const reader = new RowReader({ bytes: LONGEST_ROW, jsonDepth: DEFAULT_LIMITS.jsonDepth });
  for await (const chunk of input) yield* reader.push(chunk);
  yield* reader.end();
}
