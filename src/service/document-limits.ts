import type { CheckInput } from '../index.ts';
import { LineWalker } from '../text/lines.ts';
import type { Limits } from './limits.ts';
import { ProblemError } from './problem.ts';

const SOURCES = ['text', 'html', 'markdown'] as const;

/** Throws a `too-large` problem for a document with too many lines or too long a one, before anything is made of it. One native search a line. */
export function checkDocument(input: CheckInput, { documentLines, lineLength }: Limits): void {
  for (const field of SOURCES) {
    const source = input[field];
    // Most documents can pass neither limit, whatever is in them.
    if (source === undefined || source.length <= Math.min(documentLines, lineLength)) continue;
    checkLines(field, source, documentLines, lineLength);
  }
}

function checkLines(field: string, source: string, documentLines: number, lineLength: number): void {
  const line = new LineWalker(source);
  while (line.advance()) {
    if (line.n > documentLines) {
      throw tooLarge(field, 'has more lines', `${documentLines} (documentLines)`, 'split the document', documentLines);
    }
    if (line.end - line.start > lineLength) {
      const offender = `has ${line.end - line.start} UTF-16 units in line ${line.n}, more`;
      throw tooLarge(field, offender, `${lineLength} (lineLength)`, 'break the line', lineLength);
    }
  }
}

function tooLarge(field: string, offender: string, limit: string, remedy: string, number: number): ProblemError {
  const detail = `${offender} than the limit of ${limit}; ${remedy}`;
  const errors = [{ pointer: `/${field}`, detail }];
  return new ProblemError('too-large', `/${field}: ${detail}`, { errors, limit: number });
}
