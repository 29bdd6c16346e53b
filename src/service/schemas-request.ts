import * as z from 'zod/mini';
import type { CheckInput, CheckOptions } from '../index.ts';
import { components } from './schema-components.ts';

// What a check and a batch are asked with: the only schemas that are made before a request needs them. Hence zod's small form, which saves an isolate 3 ms
// of CPU at its start; all others are written in the long one.

/** What is said of a schema; no copy is made of it, as `meta` makes one. */
const documented = <T extends z.ZodMiniType>(schema: T, description: string, examples: readonly unknown[]): T => {
  z.globalRegistry.add(schema, { description, examples });
  return schema;
};
const sourceText = (what: string, example: string) =>
  z.exactOptional(documented(z.string('must be a string'), `The document as ${what}.`, [example]));
const flag = (description: string) =>
  z.exactOptional(documented(z.boolean('must be true or false'), description, [true]));

/** Characters of a client's name of a document: a page of the log holds a thousand of them. */
export const LONGEST_ID = 200;

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
        documented(
          z
            .string('must be a string')
            .check(
              z.minLength(1, 'must not be empty'),
              z.maxLength(LONGEST_ID, `must have at most ${LONGEST_ID} characters`),
            ),
          'Your name for the document; it comes back in the verdict. Generated where it is left out.',
          ['post-4711'],
        ),
      ),
      lines: flag('Whether the verdict has an entry for every line.'),
      explain: flag('Whether reasons of naive Bayes name the n-grams that weighed most.'),
      clean: flag('Whether the verdict has the document without the spans.'),
      include: z.exactOptional(
        documented(
          z.array(z.enum(PARTS, { error: `must be one of ${PARTS.join(', ')}` }), 'must be an array'),
          'What the verdict shall hold besides: lines, cleaned (as the flags lines and clean), reasons (as explain), ' +
            'folded (every span as the engine read it).',
          [['lines', 'cleaned']],
        ),
      ),
      mode: z.exactOptional(
        documented(
          z.enum(['enforce', 'shadow'], { error: 'must be enforce or shadow' }),
          'shadow: score and log, never act: the answer is a pass that carries the verdict under shadow.',
          ['enforce'],
        ),
      ),
      policy: z.exactOptional(
        documented(z.string('must be a string'), 'Name of the policy to decide by; balanced by default.', ['balanced']),
      ),
    },
    'must be a JSON object',
  )
  .check(
    z.refine((body) => countSources(body) === 1, {
      error: ({ input }) =>
        `exactly one of ${SOURCES.join(', ')} must be there, not ${countSources(input as CheckInput)}`,
    }),
  )
  .register(z.globalRegistry, {
    description: 'One document, as exactly one of text, html and markdown, and what the verdict shall hold.',
    oneOf: SOURCES.map((source) => ({ required: [source] })),
  })
  .register(components, { id: 'CheckRequest' }) satisfies z.ZodMiniType<CheckInput & CheckOptions>;

function countSources(body: CheckInput): number {
  return SOURCES.filter((source) => body[source] !== undefined).length;
}

const { include, mode, policy } = checkRequest.shape;

/** The query of `/v1/check/batch`; `include` is comma-separated there. */
export const batchQuery = z.strictObject({ include, mode, policy }, 'must be a query');
