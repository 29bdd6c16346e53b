import * as z from 'zod';
import { components } from './schema-components.ts';
import { engine, verdict } from './schemas.ts';
import { time, timeOrNull } from './schemas-keys.ts';

export const verdictQuery = z.strictObject({
  limit: z.exactOptional(
    z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(1000, 'must be at most 1000')
      .meta({ description: 'Verdicts of a page; 50 where left out.', examples: [50] }),
  ),
  verdict: z.exactOptional(
    z.enum(['pass', 'clean', 'review', 'block'], { error: 'must be one of pass, clean, review, block' }).meta({
      description: 'Only such ones.',
      examples: ['review'],
    }),
  ),
  cursor: z.exactOptional(z.string().meta({ description: 'next of the page before.' })),
});

export const verdictSummary = z
  .object({
    id: z.string().meta({ description: 'Id in the log: X-Verdict-Id of the check.', examples: ['8a6b1f0e'] }),
    at: time('When it was given.'),
    verdict: verdict.shape.verdict,
    mode: z.enum(['enforce', 'shadow']).meta({ description: 'shadow: it had no effect.', examples: ['enforce'] }),
    posterior: verdict.shape.posterior,
    engine,
    documentId: z
      .string()
      .nullable()
      .meta({ description: "The client's name.", examples: ['post-4711'] }),
    contentHash: z
      .string()
      .nullable()
      .meta({ description: 'SHA-256 of the document.', examples: ['0'.repeat(64)] }),
    input: z.enum(['text', 'html', 'markdown']).meta({ description: 'What it was sent as.', examples: ['text'] }),
    expiresAt: timeOrNull('When it is deleted.'),
  })
  .meta({ description: 'A verdict of the log.' })
  .register(components, { id: 'VerdictSummary' });

export const verdictRecord = verdictSummary
  .extend({
    text: z
      .string()
      .nullable()
      .meta({ description: 'The document, where it is kept.', examples: [null] }),
    spans: verdict.shape.spans.nullable().meta({ description: 'Its spans, where they are kept.' }),
    options: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for.', examples: [{}] }),
  })
  .meta({ description: 'A verdict of the log with all that is kept of it.' })
  .register(components, { id: 'VerdictRecord' });

export const verdictPage = z
  .object({
    verdicts: z.array(verdictSummary).meta({ description: 'Newest first.' }),
    next: z
      .string()
      .nullable()
      .meta({ description: 'cursor of the next page; null on the last.', examples: [null] }),
  })
  .meta({ description: 'A page of the log.' })
  .register(components, { id: 'VerdictPage' });

export const replayAnswer = z
  .object({
    reproduced: z.boolean().meta({ description: 'Whether it came out as it is logged.', examples: [true] }),
    verdict,
  })
  .meta({ description: 'A verdict given again by the same engine.' })
  .register(components, { id: 'Replay' });
