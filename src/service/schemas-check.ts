import * as z from 'zod';
import { components } from './schema-components.ts';
import { checkRequest } from './schemas-request.ts';
import { verdict } from './schemas.ts';

/** The answer of `/v1/check` and a row of the answer of `/v1/check/batch`. */
export const checkAnswer = verdict
  .extend({
    shadow: z.exactOptional(verdict).meta({ description: 'What would have been said, with mode shadow.' }),
  })
  .meta({ description: 'What was made of a document; in shadow mode a pass that carries the verdict.' })
  .register(components, { id: 'CheckAnswer' });

/** A row of `/v1/check/batch`. */
export const batchRow = z
  .object({
    id: checkRequest.shape.id,
    text: checkRequest.shape.text,
    html: checkRequest.shape.html,
    markdown: checkRequest.shape.markdown,
    contentType: z.exactOptional(
      z.enum(['text/plain', 'text/html', 'text/markdown']).meta({
        description: 'What text is; text/plain where it is left out.',
        examples: ['text/html'],
      }),
    ),
  })
  .meta({ description: 'One document: exactly one of text, html and markdown.' })
  .register(components, { id: 'BatchRow' });

/** A row that could not be judged, in the place of its answer. */
export const errorRow = z
  .object({
    id: z.string().meta({ description: 'As sent, else row and its number from 1.', examples: ['row 7'] }),
    error: z
      .object({
        code: z
          .enum([
            'too-long',
            'too-deep',
            'invalid-utf8',
            'invalid-json',
            'invalid-row',
            'invalid-request',
            'unauthorized',
            'internal-error',
          ])
          .meta({ description: 'What to act on.', examples: ['invalid-json'] }),
        detail: z.string().meta({ description: 'What is wrong, and what to do.', examples: ['row 7 is no JSON'] }),
      })
      .meta({ description: 'Why.' }),
  })
  .meta({ description: 'A row that could not be judged.' })
  .register(components, { id: 'ErrorRow' });
