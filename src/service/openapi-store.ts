import * as z from 'zod';
import { answer, inline, problems, reference, type Json } from './openapi-parts.ts';
import { AUDIT_ROWS, auditPaths } from './openapi-audits.ts';
import { LEARNING_ROWS, transferPaths } from './openapi-learning.ts';
import type { Row } from './openapi-row.ts';
import { keyList, keyRequest, newKeyAnswer, rotateRequest } from './schemas-keys.ts';
import { policyAnswer, policyRequest } from './schemas-policy.ts';
import { ruleAnswer, ruleList, ruleRequest, ruleTestAnswer, ruleTestRequest } from './schemas-rules.ts';
import { usageAnswer, usageQuery } from './schemas-usage.ts';
import { replayAnswer, verdictPage, verdictQuery, verdictRecord } from './schemas-verdicts.ts';
import { deliveryList, newWebhookAnswer, testAnswer, webhookList, webhookRequest } from './schemas-webhooks.ts';
import { scopeOfPath } from './tenant.ts';

const ROWS: readonly Row[] = [
  { route: 'get /v1/keys', operationId: 'listKeys', summary: 'All keys', gives: keyList },
  {
    route: 'post /v1/keys',
    operationId: 'createKey',
    summary: 'Make a key',
    body: keyRequest,
    gives: newKeyAnswer,
    status: 201,
  },
  { route: 'delete /v1/keys/{id}', operationId: 'revokeKey', summary: 'End a key at once', gives: null },
  {
    route: 'post /v1/keys/{id}/rotate',
    operationId: 'rotateKey',
    summary: 'Replace a key',
    body: rotateRequest,
    gives: newKeyAnswer,
    status: 201,
  },
  {
    route: 'get /v1/verdicts',
    operationId: 'listVerdicts',
    summary: 'The log, newest first',
    query: verdictQuery,
    gives: verdictPage,
  },
  {
    route: 'get /v1/verdicts/{id}',
    operationId: 'getVerdict',
    summary: 'What was decided, and why',
    gives: verdictRecord,
  },
  {
    route: 'delete /v1/verdicts/{id}',
    operationId: 'forgetVerdict',
    summary: 'Forget a verdict and its text',
    gives: null,
  },
  {
    route: 'post /v1/verdicts/{id}/replay',
    operationId: 'replayVerdict',
    summary: 'Judge the same text again',
    gives: replayAnswer,
  },
  { route: 'get /v1/rules', operationId: 'listRules', summary: 'Rules of the site in force', gives: ruleList },
  {
    route: 'put /v1/rules/{id}',
    operationId: 'putRule',
    summary: 'Create or replace a rule',
    body: ruleRequest,
    gives: ruleAnswer,
  },
  { route: 'delete /v1/rules/{id}', operationId: 'deleteRule', summary: 'Take a rule back', gives: null },
  {
    route: 'post /v1/rules/test',
    operationId: 'testRule',
    summary: 'What would a rule do?',
    body: ruleTestRequest,
    gives: ruleTestAnswer,
  },
  { route: 'get /v1/policy', operationId: 'getPolicy', summary: 'The policy in force', gives: policyAnswer },
  {
    route: 'put /v1/policy',
    operationId: 'putPolicy',
    summary: 'Set policy, retention and origins',
    body: policyRequest,
    gives: policyAnswer,
  },
  ...LEARNING_ROWS,
  ...AUDIT_ROWS,
  { route: 'get /v1/usage', operationId: 'getUsage', summary: 'Usage by day', query: usageQuery, gives: usageAnswer },
  { route: 'get /v1/webhooks', operationId: 'listWebhooks', summary: 'All webhooks', gives: webhookList },
  {
    route: 'post /v1/webhooks',
    operationId: 'createWebhook',
    summary: 'Make a webhook',
    body: webhookRequest,
    gives: newWebhookAnswer,
    status: 201,
  },
  {
    route: 'delete /v1/webhooks/{id}',
    operationId: 'deleteWebhook',
    summary: 'Delete a webhook and its messages',
    gives: null,
  },
  {
    route: 'post /v1/webhooks/{id}/test',
    operationId: 'testWebhook',
    summary: 'Queue a message to it',
    gives: testAnswer,
    status: 202,
  },
  {
    route: 'get /v1/webhooks/{id}/deliveries',
    operationId: 'listDeliveries',
    summary: 'What became of its messages',
    gives: deliveryList,
  },
];

/** What a service with a store has beside the others. */
export function storePaths(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const row of ROWS) {
    const [method = '', path = ''] = row.route.split(' ');
    paths[path] = { ...paths[path], [method]: operationOf(row, method, path) };
  }
  return merged({ ...paths, ...transferPaths(queryParameters) }, auditPaths(queryParameters));
}

/** Methods of the same path from both. */
function merged(paths: Json, more: Json): Json {
  const both = Object.entries(more).map(([path, methods]) => [
    path,
    { ...(paths[path] as Json | undefined), ...(methods as Json) },
  ]);
  return { ...paths, ...Object.fromEntries(both) };
}

/** As the paths are, with the key that everything under `/v1` asks for and what becomes of a request without a good one. */
export function withKeys(paths: Json): Json {
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      path.startsWith('/v1/') ? keyed(path, methods as Json) : methods,
    ]),
  );
}

export const SECURITY_SCHEMES = {
  key: { type: 'http', scheme: 'bearer', description: 'A key, ls_live_… or ls_test_….' },
};

function keyed(path: string, methods: Json): Json {
  const scope = scopeOfPath(path);
  return Object.fromEntries(
    Object.entries(methods as Record<string, { responses: Json }>).map(([method, operation]) => [
      method,
      {
        ...operation,
        'x-scope': scope,
        security: [{ key: [] }],
        responses: { ...operation.responses, ...problems(401, 403, 429) },
      },
    ]),
  );
}

function operationOf(
  { operationId, summary, query, body, gives, status = 200 }: Row,
  method: string,
  path: string,
): Json {
  const hasId = path.includes('{id}');
  const parameters = [
    ...(hasId ? [{ name: 'id', in: 'path', required: true, description: 'Its id.', schema: { type: 'string' } }] : []),
    ...(query === undefined ? [] : queryParameters(query)),
    ...(method === 'get' ? [] : [IDEMPOTENCY_KEY]),
  ];
  const good = gives === null ? { 204: answer('Done.') } : { [status]: answer('It.', gives) };
  return {
    operationId,
    tags: ['site'],
    summary,
    parameters,
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } } }),
    responses: {
      ...good,
      ...(hasId ? problems(404) : {}),
      ...(method === 'get' ? {} : problems(409)),
      ...(body === undefined ? {} : problems(400, 413, 415)),
      ...problems(422, 500, 503),
    },
  };
}

function queryParameters({ shape }: z.ZodObject): Json[] {
  return Object.entries(shape).map(([name, schema]) => parameterOf(name, schema as z.ZodType));
}

function parameterOf(name: string, schema: z.ZodType): Json {
  const isOptional = schema instanceof z.ZodExactOptional;
  const inner = isOptional ? (schema.unwrap() as z.ZodType) : schema;
  return { name, in: 'query', required: !isOptional, description: inner.meta()?.description, schema: inline(inner) };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key, query and body, the request has its effect once and its answer again.',
  schema: { type: 'string' },
};
