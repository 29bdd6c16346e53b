import type * as z from 'zod';
import { answer, problems, textAnswer, type Json } from './openapi-parts.ts';
import type { Row } from './openapi-row.ts';
import { driftAnswer } from './schemas-drift.ts';
import {
  aliasesAnswer,
  challengerRequest,
  compareAnswer,
  compareQuery,
  disagreementPage,
  historyAnswer,
  jobAnswer,
  jobList,
  modelAnswer,
  modelList,
  promoteRequest,
  pruneAnswer,
  pruneRequest,
  rollbackAnswer,
  rollbackRequest,
  trainRequest,
} from './schemas-models.ts';
import {
  exportQuery,
  importAnswer,
  importQuery,
  newSampleAnswer,
  queueAnswer,
  queueQuery,
  sampleAnswer,
  samplePage,
  sampleQuery,
  sampleRequest,
  sampleStats,
  stateRequest,
  withdrawnAnswer,
  withdrawQuery,
} from './schemas-samples.ts';

/** Operations on samples and models. */
export const LEARNING_ROWS: readonly Row[] = [
  {
    route: 'get /v1/samples',
    operationId: 'listSamples',
    summary: 'Labels, newest first',
    query: sampleQuery,
    gives: samplePage,
  },
  {
    route: 'post /v1/samples',
    operationId: 'addSample',
    summary: 'Label a text or a span',
    body: sampleRequest,
    gives: newSampleAnswer,
    status: 201,
  },
  {
    route: 'delete /v1/samples',
    operationId: 'withdrawSamples',
    summary: 'Withdraw all labels of an author, or those that the champion was not built with',
    query: withdrawQuery,
    gives: withdrawnAnswer,
  },
  {
    route: 'get /v1/samples/queue',
    operationId: 'listQuestions',
    summary: 'Lines whose label would teach most',
    query: queueQuery,
    gives: queueAnswer,
  },
  { route: 'get /v1/samples/stats', operationId: 'countSamples', summary: 'How many there are', gives: sampleStats },
  { route: 'get /v1/samples/{id}', operationId: 'getSample', summary: 'One label', gives: sampleAnswer },
  { route: 'delete /v1/samples/{id}', operationId: 'withdrawSample', summary: 'Take a label back', gives: null },
  {
    route: 'put /v1/samples/{id}/state',
    operationId: 'setSampleState',
    summary: 'Learn it, ignore it, withdraw it',
    body: stateRequest,
    gives: sampleAnswer,
  },
  { route: 'get /v1/models', operationId: 'listModels', summary: 'Models and which is what', gives: modelList },
  {
    route: 'post /v1/models/train',
    operationId: 'trainModel',
    summary: 'Build and measure a candidate',
    body: trainRequest,
    gives: jobAnswer,
    status: 202,
  },
  { route: 'get /v1/models/jobs', operationId: 'listTrainings', summary: 'Builds, newest first', gives: jobList },
  { route: 'get /v1/models/jobs/{id}', operationId: 'getTraining', summary: 'How far a build is', gives: jobAnswer },
  { route: 'delete /v1/models/jobs/{id}', operationId: 'cancelTraining', summary: 'Stop a build', gives: null },
  {
    route: 'get /v1/models/compare',
    operationId: 'compareModels',
    summary: 'Lines on which two models differ',
    query: compareQuery,
    gives: compareAnswer,
  },
  {
    route: 'get /v1/models/history',
    operationId: 'listPromotions',
    summary: 'How champions followed each other',
    gives: historyAnswer,
  },
  {
    route: 'get /v1/models/disagreements',
    operationId: 'listDisagreements',
    summary: 'Documents judged differently in shadow',
    gives: disagreementPage,
  },
  { route: 'get /v1/models/drift', operationId: 'getDrift', summary: 'Has the traffic changed?', gives: driftAnswer },
  {
    route: 'put /v1/models/challenger',
    operationId: 'setChallenger',
    summary: 'Let a model judge without effect',
    body: challengerRequest,
    gives: aliasesAnswer,
  },
  {
    route: 'post /v1/models/rollback',
    operationId: 'rollbackModel',
    summary: 'Go back to the champion before',
    body: rollbackRequest,
    gives: rollbackAnswer,
  },
  {
    route: 'post /v1/models/prune',
    operationId: 'pruneModels',
    summary: 'Delete files of old models',
    body: pruneRequest,
    gives: pruneAnswer,
  },
  { route: 'get /v1/models/{id}', operationId: 'getModel', summary: 'A model and its card', gives: modelAnswer },
  {
    route: 'post /v1/models/{id}/promote',
    operationId: 'promoteModel',
    summary: 'Make a model champion',
    body: promoteRequest,
    gives: aliasesAnswer,
  },
];

const SAMPLES = { schema: { type: 'string' as const } };
const BODY_TYPES = ['application/x-ndjson', 'text/csv', 'text/plain'];

/** Those whose bodies are rows, not JSON. */
export function transferPaths(queryOf: (query: z.ZodObject) => readonly Json[]): Json {
  const importing = {
    operationId: 'importSamples',
    tags: ['site'],
    summary: 'Label many texts',
    parameters: queryOf(importQuery),
    requestBody: { required: true, content: Object.fromEntries(BODY_TYPES.map((type) => [type, SAMPLES])) },
    responses: { 200: answer('It.', importAnswer), ...problems(400, 409, 413, 415, 422, 429, 500, 503) },
  };
  const exporting = {
    operationId: 'exportSamples',
    tags: ['site'],
    summary: 'All labels that are learned',
    parameters: queryOf(exportQuery),
    responses: { 200: textAnswer('A sample a row.', 'application/x-ndjson'), ...problems(422, 500, 503) },
  };
  return { '/v1/samples/import': { post: importing }, '/v1/samples/export': { get: exporting } };
}
