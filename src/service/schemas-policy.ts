import * as z from 'zod';
import { isOrigin } from './origin.ts';
import { components } from './schema-components.ts';

const share = (description: string, example: number) =>
  z
    .number('must be a number')
    .min(0, 'must not be below 0')
    .max(1, 'must be at most 1')
    .meta({ description, examples: [example] });

export const thresholds = z
  .strictObject({
    review: share('Spans from this posterior on are shown to a person.', 0.3),
    remove: share('Spans from this posterior on are taken out; not below review.', 0.98),
  })
  .refine(({ review, remove }) => remove >= review, { error: 'remove must not be below review', path: ['remove'] })
  .meta({ description: 'What is made of posteriors.' })
  .register(components, { id: 'Thresholds' });

const overrides = z
  .strictObject({
    thresholds: z.exactOptional(thresholds),
    blockBelow: z.exactOptional(share('A document is blocked of which at most this share would be left.', 0.2)),
  })
  .refine((fields) => Object.keys(fields).length > 0, { error: 'must have thresholds or blockBelow' })
  .meta({ description: 'Fields that take the place of those of the default policy.' });

const retain = z.enum(['full', 'spans', 'hash', 'none'], { error: 'must be one of full, spans, hash, none' }).meta({
  description: 'What the log keeps: full: the text too. spans: where spam stood. hash: a digest. none: no verdict.',
  examples: ['full'],
});
const retentionDays = z
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(3650, 'must be at most 3650')
  .meta({ description: 'After how many days a verdict is deleted.', examples: [30] });
const policy = z
  .union([z.string(), overrides], 'must be a name, or an object with thresholds or blockBelow')
  .nullable()
  .meta({ description: 'Name of a policy, overrides of the default one, or null: the default.', examples: ['strict'] });

const corsOrigins = z
  .array(
    z.string('must be a string').refine(isOrigin, 'must be an origin as https://cms.example, or *'),
    'must be an array',
  )
  .max(20, 'must have at most 20 origins')
  .meta({
    description:
      'Origins whose pages may call the service from a browser with a key of the site; none at first. *: any.',
    examples: [['https://cms.example']],
  });

export const policyRequest = z
  .strictObject({
    policy,
    retain: z.exactOptional(retain),
    retentionDays: z.exactOptional(retentionDays),
    corsOrigins: z.exactOptional(corsOrigins),
  })
  .meta({ description: 'How the documents of the site are decided on, and what is kept of them.' })
  .register(components, { id: 'PolicyRequest' });

export const policyAnswer = z
  .object({
    policy,
    retain,
    retentionDays,
    corsOrigins,
    available: z.array(z.string()).meta({ description: 'Names that there are.', examples: [['balanced', 'strict']] }),
    effective: z
      .object({
        name: z.string().meta({ description: 'What decides where a check names none.', examples: ['balanced'] }),
        thresholds: z.exactOptional(thresholds),
        blockBelow: z.exactOptional(share('As in the request.', 0.2)),
      })
      .meta({ description: 'What is in force.' }),
  })
  .meta({ description: 'The policy of the site.' })
  .register(components, { id: 'PolicyAnswer' });
