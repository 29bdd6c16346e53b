import { createHash } from 'node:crypto';
import { inputOf, rowOf } from '../../audit/finding-row.ts';
import { failure, type AuditDocument } from '../../audit/source.ts';
import { loadBaseSieve } from '../base-sieve.ts';
import { decodeBytes } from '../charset.ts';
import { UserFailure } from '../failure.ts';
import type { CheckTask, Outcome } from './check-task.ts';

/** One sieve a thread, built when the thread starts. */
const sieve = await loadBaseSieve();

/** Checks the documents of a task; one that cannot be decoded becomes an error and the rest go on. */
export default function check({ documents, policy }: CheckTask): Outcome[] {
  return documents.map((document) => outcomeOf(document, policy));
}

function outcomeOf(document: AuditDocument, policy: string | null): Outcome {
  const { content, place } = document;
  const digest = createHash('sha256').update(content).digest('hex');
  try {
    const text = typeof content === 'string' ? content : decodeBytes(content, document.id).text;
    const verdict = sieve.check(inputOf(document, text), policy === null ? {} : { policy });
    if (verdict.spans.length === 0) return { kind: 'passed', place, digest };
    return { kind: 'flagged', place, digest, row: rowOf(document, verdict, text, digest) };
  } catch (error) {
    if (error instanceof UserFailure) return failure(place, 'undecodable', error.message);
    throw error;
  }
}
