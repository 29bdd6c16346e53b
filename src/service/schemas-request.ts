import * as z from 'zod';
import type { CheckInput, CheckOptions } from '../index.ts';
import { components } from './schema-components.ts';

// What a check and a batch are asked with: the only schemas that are made before a request needs them.

const sourceText = (what: string, example: string) =>
  z.exactOptional(z.string('must be a string').meta({ description: `The document as ${what}.`, examples: [example] }));
const flag = (description: string) =>
  z.exactOptional(z.boolean('must be true or false').meta({ description, examples: [true] }));

/** Fields that hold the document: exactly one of them is sent. */
const SOURCES = ['text', 'html', 'markdown'] as const;

/** Parts of a verdict that are left out unless they are asked for. */
const PARTS = ['lines', 'reasons', 'cleaned', 'folded'] as const;

export const checkRequest = z
  .strictObject(
    {
      text: sourceText('plain text', 'The library opens at nine.\nIt closes at six.'),
      html: sourceText('HTML', '<p>The library opens at nine.</p>'),
      markdown: sourceText('Markdown', '# Library\n\nIt opens at nine.'),
      id: z.exactOptional(
        z
          .string('must be a string')
          .min(1, 'must not be empty')
          .max(200, 'must have at most 200 characters')
          .meta({
            description: 'Your name for the document; it comes back in the verdict. Generated where it is left out.',
            examples: ['post-4711'],
          }),
      ),
      lines: flag('Whether the verdict has an entry for every line.'),
      explain: flag('Whether reasons of naive Bayes name the n-grams that weighed most.'),
      clean: flag('Whether the verdict has the document without the spans.'),
      include: z.exactOptional(
        z.array(z.enum(PARTS, { error: `must be one of ${PARTS.join(', ')}` }), 'must be an array').meta({
          description:
            'What the verdict shall hold besides: lines, cleaned (as the flags lines and clean), reasons (as explain), ' +
            'folded (every span as the engine read it).',
          examples: [['lines', 'cleaned']],
        }),
      ),
      mode: z.exactOptional(
        z.enum(['enforce', 'shadow'], { error: 'must be enforce or shadow' }).meta({
          description: 'shadow: score and log, never act: the answer is a pass that carries the verdict under shadow.',
          examples: ['enforce'],
        }),
      ),
      policy: z.exactOptional(
        z
          .string('must be a string')
          .meta({ description: 'Name of the policy to decide by; balanced by default.', examples: ['balanced'] }),
      ),
    },
    'must be a JSON object',
  )
  .refine((body) => countSources(body) === 1, {
    error: ({ input }) =>
      `exactly one of ${SOURCES.join(', ')} must be there, not ${countSources(input as CheckInput)}`,
  })
  .meta({
    description: 'One document, as exactly one of text, html and markdown, and what the verdict shall hold.',
    oneOf: SOURCES.map((source) => ({ required: [source] })),
  })
  .register(components, { id: 'CheckRequest' }) satisfies z.ZodType<CheckInput & CheckOptions>;

function countSources(body: CheckInput): number {
  return SOURCES.filter((source) => body[source] !== undefined).length;
}

const { include, mode, policy } = checkRequest.shape;

/** The query of `/v1/check/batch`; `include` is comma-separated there. */
export const batchQuery = z.strictObject({ include, mode, policy }, 'must be a query');
