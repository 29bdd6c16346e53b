import type * as z from 'zod';
import { REPORT_TYPES } from './audit-report-types.ts';
import { answer, problems, reference, textAnswer, type Json } from './openapi-parts.ts';
import type { Row } from './openapi-row.ts';
import {
  auditAnswer,
  auditFindings,
  auditList,
  auditListQuery,
  auditNotices,
  auditPageQuery,
  auditQuery,
  auditRequest,
} from './schemas-audits.ts';

/** Operations on audits; what takes uploads or gives files is told by `auditPaths`. */
export const AUDIT_ROWS: readonly Row[] = [
  {
    route: 'get /v1/audits',
    operationId: 'listAudits',
    summary: 'Audits, newest first',
    query: auditListQuery,
    gives: auditList,
  },
  { route: 'get /v1/audits/{id}', operationId: 'getAudit', summary: 'How far an audit is', gives: auditAnswer },
  {
    route: 'delete /v1/audits/{id}',
    operationId: 'deleteAudit',
    summary: 'Stop it, and delete what it found',
    gives: null,
  },
  {
    route: 'post /v1/audits/{id}/cancel',
    operationId: 'cancelAudit',
    summary: 'Stop it, keep what it found',
    gives: auditAnswer,
  },
  {
    route: 'delete /v1/audits/{id}/schedule',
    operationId: 'stopAuditSchedule',
    summary: 'Do not run it again',
    gives: null,
  },
  {
    route: 'get /v1/audits/{id}/findings',
    operationId: 'listAuditFindings',
    summary: 'Flagged documents, in the order of the source',
    query: auditPageQuery,
    gives: auditFindings,
  },
  {
    route: 'get /v1/audits/{id}/notices',
    operationId: 'listAuditNotices',
    summary: 'What could not or should not be checked',
    query: auditPageQuery,
    gives: auditNotices,
  },
];

const TEXT = { schema: { type: 'string' as const } };
const ID = { name: 'id', in: 'path', required: true, description: 'Its id.', schema: { type: 'string' } };

/** Those that take uploads, or give events and files. */
export function auditPaths(queryOf: (query: z.ZodObject) => readonly Json[]): Json {
  const begin = {
    operationId: 'beginAudit',
    tags: ['site'],
    summary: 'Look through pages, a sitemap, or an upload',
    parameters: queryOf(auditQuery),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: reference(auditRequest) },
        'application/x-ndjson': TEXT,
        'application/warc': { schema: { type: 'string', format: 'binary' } },
      },
    },
    responses: { 202: answer('It is queued.', auditAnswer), ...problems(400, 409, 413, 415, 422, 500, 503) },
  };
  const events = {
    operationId: 'followAudit',
    tags: ['site'],
    summary: 'How far it is, as server-sent events',
    parameters: [ID],
    responses: {
      200: textAnswer('progress at each change, finished at last; the data are an Audit.', 'text/event-stream'),
      ...problems(404, 422, 500, 503),
    },
  };
  const name = {
    name: 'name',
    in: 'path',
    required: true,
    description: 'Which report.',
    schema: { type: 'string', enum: Object.keys(REPORT_TYPES) },
  };
  const report = {
    operationId: 'getAuditReport',
    tags: ['site'],
    summary: 'A report of an audit that is done',
    parameters: [ID, name],
    responses: { 200: textAnswer('The file.', '*/*'), ...problems(404, 409, 422, 500, 503) },
  };
  return {
    '/v1/audits': { post: begin },
    '/v1/audits/{id}/events': { get: events },
    '/v1/audits/{id}/reports/{name}': { get: report },
  };
}
