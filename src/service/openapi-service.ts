import type { Dependencies } from './dependencies.ts';
import { answer, problems, textAnswer, type Json } from './openapi-parts.ts';
import { health, readiness } from './schemas-health.ts';

/** What tells of the service itself. */
export function servicePaths({ docs }: Pick<Dependencies, 'docs'>): Json {
  return {
    '/healthz': {
      get: {
        operationId: 'health',
        tags: ['service'],
        summary: 'Does the process answer?',
        responses: { 200: answer('It does.', health), ...problems(500) },
      },
    },
    '/readyz': {
      get: {
        operationId: 'readiness',
        tags: ['service'],
        summary: 'Is the model loaded?',
        responses: { 200: answer('It is.', readiness), ...problems(500, 503) },
      },
    },
    '/metrics': {
      get: {
        operationId: 'metrics',
        tags: ['service'],
        summary: 'Counts, for Prometheus',
        responses: { 200: textAnswer("Prometheus' text format 0.0.4.", 'text/plain'), ...problems(500) },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'openapi',
        tags: ['service'],
        summary: 'This document',
        responses: { 200: textAnswer('OpenAPI 3.1.', 'application/json', { type: 'object' }), ...problems(500) },
      },
    },
    ...(docs === undefined ? {} : docsPaths()),
  };
}

function docsPaths(): Json {
  const page = (operationId: string, summary: string, type: string): Json => ({
    get: {
      operationId,
      tags: ['service'],
      summary,
      responses: { 200: textAnswer('It.', type), ...problems(404, 500) },
    },
  });
  return {
    '/docs': page('docs', 'This document as a page', 'text/html'),
    '/docs/start.js': page('docsStart', 'The start of the page', 'text/javascript'),
    '/docs/swagger-ui.css': page('docsStyle', 'The style of the page', 'text/css'),
    '/docs/swagger-ui-bundle.js': page('docsScript', 'The script of the page', 'text/javascript'),
  };
}
