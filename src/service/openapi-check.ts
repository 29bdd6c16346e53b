import { globalRegistry } from 'zod';
import { CHECK_EXAMPLES } from './examples.ts';
import { answer, inline, problems, reference, textAnswer, type Json } from './openapi-parts.ts';
import { batchQuery } from './schemas-request.ts';
import { batchRow, checkAnswer, errorRow } from './schemas-check.ts';
import { checkRequest } from './schemas-request.ts';

/** What judges documents. */
export function checkPaths(): Json {
  return { '/v1/check': { post: checkOperation() }, '/v1/check/batch': { post: batchOperation() } };
}

function checkOperation(): Json {
  return {
    operationId: 'check',
    tags: ['check'],
    summary: 'Check one document',
    description: 'Whatever points into the document counts UTF-16 units of the string as it was sent.',
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference(checkRequest), examples: CHECK_EXAMPLES } },
    },
    responses: { 200: answer('The verdict.', checkAnswer), ...problems(400, 413, 415, 422, 500, 503) },
  };
}

function batchOperation(): Json {
  return {
    operationId: 'checkBatch',
    tags: ['check'],
    summary: 'Check a stream of documents',
    description:
      'A row of JSON a document, an answer a row, in the same order while the rows come. A bad row gets an error row, and the ' +
      'stream goes on. As many rows as there are; each may be as large as the body of a single check. Nothing is read ahead of ' +
      'answers that are not read: read them while you send.',
    parameters: Object.entries(batchQuery.shape).map(([name, { def }]) => ({
      name,
      in: 'query',
      required: false,
      description: globalRegistry.get(def.innerType)?.description,
      schema: inline(def.innerType),
      ...(name === 'include' ? { style: 'form', explode: false } : {}),
    })),
    requestBody: {
      required: true,
      content: { 'application/x-ndjson': { schema: reference(batchRow), examples: BATCH_EXAMPLES } },
    },
    responses: {
      200: textAnswer('A row a document.', 'application/x-ndjson', {
        anyOf: [reference(checkAnswer), reference(errorRow)],
      }),
      ...problems(415, 422, 500, 503),
    },
  };
}

const ROWS = [
  { id: 'a', text: 'The library opens at nine.' },
  { id: 'b', text: '<p>Members may borrow six books.</p>', contentType: 'text/html' },
];

const BATCH_EXAMPLES = {
  two: { summary: 'Two documents', value: ROWS.map((row) => `${JSON.stringify(row)}\n`).join('') },
};
