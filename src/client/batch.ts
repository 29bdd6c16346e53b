import type { DocumentSource } from './document-source.ts';
import type { BatchError, CheckAnswer } from './types.ts';

/**
 * Documents as rows of JSON, each made when the connection has room for it. Once `signal` is aborted the body breaks off with its reason:
 * an end would make whole what is not.
 */
export function batchBody(source: DocumentSource, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      // Not every runtime stops reading the body of a request that is aborted.
      const { done, value } = await source.next();
      if (signal.aborted) controller.error(signal.reason);
      else if (done === true) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    cancel: () => source.close(),
  });
}

/** The rows of an answer as they come. Rejects where the answer breaks off within a row. */
export async function* rowsOfAnswer(body: ReadableStream<Uint8Array>): AsyncGenerator<CheckAnswer | BatchError> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const rows = (rest + decoder.decode(part.value, { stream: true })).split('\n');
      rest = rows.pop() ?? '';
      for (const row of rows) yield JSON.parse(row) as CheckAnswer | BatchError;
    }
    if (rest !== '') throw new Error('the answer broke off within a row; send the rows that have none again');
  } finally {
    // Where the loop was left early, what is still under way is of no interest.
    reader.cancel().catch(() => {});
  }
}
