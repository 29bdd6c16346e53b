import * as z from 'zod';
import { components } from './schema-components.ts';
import { time, timeOrNull } from './schemas-keys.ts';
import { MOST_PAGES } from './audit-source.ts';

const policy = z.exactOptional(
  z
    .string('must be a string')
    .meta({ description: 'Policy to judge by; that of the site where left out.', examples: ['cautious'] }),
);
const author = z.exactOptional(
  z
    .string('must be a string')
    .min(1, 'must not be empty')
    .max(200, 'must have at most 200 characters')
    .meta({ description: 'Who wants it; the key where left out.', examples: ['web desk'] }),
);

export const auditRequest = z
  .strictObject({
    urls: z.exactOptional(
      z
        .array(z.string('must be a string').max(2000, 'must have at most 2000 characters'), 'must be a list')
        .min(1, 'must name a page or more')
        .max(MOST_PAGES, `must name at most ${MOST_PAGES} pages; split it into several audits`)
        .meta({ description: 'Addresses of pages.', examples: [['https://news.example/a', 'https://news.example/b']] }),
    ),
    sitemap: z.exactOptional(
      z
        .url({ protocol: /^https?$/, error: 'must be an http or https address' })
        .meta({ description: 'A sitemap, or an index of sitemaps.', examples: ['https://news.example/sitemap.xml'] }),
    ),
    policy,
    author,
    everyHours: z.exactOptional(
      z
        .int('must be a whole number')
        .min(1, 'must be 1 or more')
        .max(8760, 'must be at most 8760, a year')
        .meta({ description: 'Run again so many hours after each start.', examples: [168] }),
    ),
  })
  .refine(({ urls, sitemap }) => (urls === undefined) !== (sitemap === undefined), {
    error: 'give either urls or sitemap',
  })
  .meta({ description: 'What is to be audited: pages by address, or those of a sitemap.' })
  .register(components, { id: 'AuditRequest' });

export const auditQuery = z.strictObject({ policy, author });

export const auditListQuery = z.strictObject({
  limit: z.exactOptional(
    z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(200, 'must be at most 200')
      .meta({ description: 'Audits of a page; 50 where left out.', examples: [50] }),
  ),
  cursor: z.exactOptional(z.string().meta({ description: 'next of the page before.' })),
});

export const auditPageQuery = z.strictObject({
  cursor: z.exactOptional(z.string().meta({ description: 'next of the page before.' })),
});

const count = (description: string) => z.int().meta({ description, examples: [0] });

export const auditAnswer = z
  .object({
    id: z.string().meta({ description: 'To ask after it by.', examples: ['7f0a'] }),
    state: z
      .enum(['queued', 'running', 'reporting', 'done', 'failed', 'cancelled'])
      .meta({ description: 'How far it is.', examples: ['running'] }),
    progress: z.number().meta({ description: 'Share of what is known to be checked, 0 to 1.', examples: [0.4] }),
    source: z.record(z.string(), z.unknown()).meta({ description: 'What is audited.', examples: [{ kind: 'urls' }] }),
    policy: z
      .string()
      .nullable()
      .meta({ description: 'Policy that was asked for.', examples: [null] }),
    author: z.string().meta({ description: 'Who wanted it.', examples: ['web desk'] }),
    createdAt: time('When it was asked for.'),
    startedAt: timeOrNull('When it was taken up.'),
    finishedAt: timeOrNull('When it was over.'),
    everyHours: z
      .int()
      .nullable()
      .meta({ description: 'Hours from its start to the next run.', examples: [null] }),
    nextAt: timeOrNull('When it is run again.'),
    expiresAt: time('When it is deleted with what it found.'),
    totals: z
      .object({
        documents: count('Documents that were checked.'),
        flagged: count('Those with findings.'),
        spans: count('Findings.'),
        errors: count('What could not be checked.'),
        skipped: count('What was not to be checked.'),
      })
      .meta({ description: 'Figures so far.' }),
    summary: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'summary.json of the reports, once it is done.', examples: [null] }),
    error: z
      .string()
      .nullable()
      .meta({ description: 'Why it failed.', examples: [null] }),
  })
  .meta({ description: 'An audit.' })
  .register(components, { id: 'Audit' });

const next = z
  .string()
  .nullable()
  .meta({ description: 'cursor of the next page; null at the end.', examples: [null] });

export const auditList = z
  .object({ audits: z.array(auditAnswer).meta({ description: 'Newest first.' }), next })
  .meta({ description: 'A page of audits.' })
  .register(components, { id: 'AuditPage' });

export const auditFindings = z
  .object({
    findings: z.array(z.record(z.string(), z.unknown())).meta({
      description: 'Flagged documents with their place and spans, in the order of the source.',
      examples: [[]],
    }),
    next,
  })
  .meta({ description: 'A page of findings; those of a shard at once.' })
  .register(components, { id: 'AuditFindings' });

export const auditNotices = z
  .object({
    notices: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'What could not or should not be checked, and why.', examples: [[]] }),
    next,
  })
  .meta({ description: 'A page of notices.' })
  .register(components, { id: 'AuditNotices' });
