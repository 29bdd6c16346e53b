import * as z from 'zod';
import type { EngineStamp, InjectedSpan, LineVerdict, Reason, Suppressed, Verdict } from '../index.ts';
import { components } from './schema-components.ts';
import { PROBLEMS, problemType, type ProblemKind } from './problem.ts';

const offset = (description: string) =>
  z
    .int()
    .min(0)
    .meta({ description, examples: [12] });
const count = (description: string) =>
  z
    .int()
    .min(0)
    .meta({ description, examples: [3] });
const digest = (of: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: `SHA-256 of the ${of}, in hexadecimal.`, examples: ['0'.repeat(64)] });
const start = offset('First UTF-16 unit, in the document as received.');
const end = offset('The UTF-16 unit behind the last one, so that document.slice(start, end) is the thing meant.');
const line = z
  .int()
  .min(1)
  .meta({ description: 'Line of the text that was read, from 1.', examples: [3] });
const weight = z.number().meta({ description: 'Natural-log odds: above 0 speaks for spam.', examples: [6.2] });
const logOdds = weight.meta({ description: 'All evidence added up, in natural-log odds.', examples: [61.2] });
const posterior = z
  .number()
  .min(0)
  .max(1)
  .meta({ description: 'Calibrated probability of spam.', examples: [0.9999] });

const category = z
  .enum(['adult', 'gambling', 'pharma', 'escort', 'loans', 'replica', 'essay', 'gossip'])
  .meta({ description: 'What kind of spam it is.', examples: ['gambling'] });

const reason = z
  .object({
    code: z.string().meta({
      description: 'A stable ASCII code: bayes, rule:<id>, allow:<id>, list, hidden, head, tail, script, prior.',
      examples: ['bayes', 'rule:gambling.bonus'],
    }),
    weight,
    start: z.exactOptional(start),
    end: z.exactOptional(end),
    top: z.exactOptional(
      z.array(z.tuple([z.string().meta({ description: 'A folded n-gram.' }), weight])).meta({
        description: 'The n-grams that weighed most, heaviest first; with explain.',
        examples: [[['wins', 4.8]]],
      }),
    ),
  })
  .meta({ description: 'Why evidence was added or taken away; the weights of a span add up to its log-odds.' })
  .register(components, { id: 'Reason' }) satisfies z.ZodType<Reason>;

const span = z
  .object({
    start,
    end,
    line,
    category,
    logOdds,
    posterior,
    action: z.enum(['remove', 'review']).meta({
      description: 'What the policy makes of it: taken out without asking, or shown to a person.',
      examples: ['remove'],
    }),
    reasons: z.array(reason).meta({ description: 'The evidence of the span.' }),
    pieces: z.exactOptional(
      z
        .array(z.object({ start, end }).meta({ description: 'One part.' }))
        .meta({ description: 'Markup only: the parts that are taken out; absent where it is the whole range.' }),
    ),
    folded: z.exactOptional(
      z.string().meta({
        description: 'The span as the engine read it: one form of each character, marks as they are; with folded.',
        examples: ['bonus casino'],
      }),
    ),
  })
  .meta({ description: 'An injected span.' })
  .register(components, { id: 'InjectedSpan' }) satisfies z.ZodType<InjectedSpan>;

const lineVerdict = z
  .object({
    n: line,
    start,
    end,
    kind: z.enum(['text', 'title', 'description', 'alt', 'link', 'comment']).meta({
      description: 'What the line is in its document; all but text come from markup.',
      examples: ['text'],
    }),
    hidden: z.boolean().meta({ description: 'Whether a reader of the page never sees it.', examples: [false] }),
    label: z
      .enum(['legit', 'spam', 'mixed'])
      .meta({ description: 'mixed: a part of the line is spam.', examples: ['legit'] }),
    logOdds,
    posterior,
  })
  .meta({ description: 'What was made of one line.' })
  .register(components, { id: 'LineVerdict' }) satisfies z.ZodType<LineVerdict>;

const suppressed = z
  .object({
    start,
    end,
    rule: z.string().meta({ description: 'Id of the rule.', examples: ['gambling.bonus'] }),
    allow: z.string().meta({ description: 'Id of the allow-term.', examples: ['allow.savings-bonus'] }),
  })
  .meta({ description: 'A rule hit that an allow-term took away.' })
  .register(components, { id: 'Suppressed' }) satisfies z.ZodType<Suppressed>;

export const engine = z
  .object({
    version: z.string().meta({ description: 'Version of linesieve.', examples: ['0.1.0'] }),
    model: digest('model'),
    rules: digest('rules'),
    policy: digest('policy'),
    degraded: z.exactOptional(
      z.string().meta({
        description: 'Why another model serves than the one that was promoted; absent where all is well.',
        examples: ['model 3f… could not be loaded: its files are not there; the base model serves'],
      }),
    ),
  })
  .meta({ description: 'What the verdict was made with: the same input and the same stamp give the same verdict.' })
  .register(components, { id: 'Engine' }) satisfies z.ZodType<EngineStamp>;

export const verdict = z
  .object({
    id: z.string().meta({ description: 'As sent, else generated.', examples: ['post-4711'] }),
    verdict: z.enum(['pass', 'clean', 'review', 'block']).meta({
      description:
        'pass: nothing found. clean: spans found with confidence, the rest is publishable. review: a person must look. ' +
        'block: hardly any legitimate text would be left.',
      examples: ['clean'],
    }),
    posterior: posterior.meta({ description: 'Of the strongest span, 0 where there is none.', examples: [0.9999] }),
    spans: z.array(span).meta({ description: 'The injected spans, in order.' }),
    lines: z.exactOptional(z.array(lineVerdict).meta({ description: 'Every line, in order; with lines.' })),
    suppressed: z.exactOptional(
      z.array(suppressed).meta({ description: 'Rule hits that allow-terms took away; absent where there are none.' }),
    ),
    cleaned: z.exactOptional(
      z.string().meta({
        description: 'The document without the spans, everything else unit for unit; with clean.',
        examples: ['The library opens at nine.'],
      }),
    ),
    coverage: z
      .object({
        lines: count('Lines read.'),
        characters: count('UTF-16 units read.'),
        truncated: z
          .literal(false)
          .meta({ description: 'Never true: what is too large is refused.', examples: [false] }),
      })
      .meta({ description: 'How much was read.' }),
    engine,
    offsetUnit: z.literal('utf16').meta({ description: 'Unit of every offset.', examples: ['utf16'] }),
  })
  .meta({ description: 'What was made of a document.' })
  .register(components, { id: 'Verdict' }) satisfies z.ZodType<Verdict>;

export const problem = z
  .object({
    type: z.enum((Object.keys(PROBLEMS) as ProblemKind[]).map(problemType)).meta({
      description: 'A tag URI; its last part is the code to act on.',
      examples: [problemType('invalid-json')],
    }),
    title: z
      .string()
      .meta({ description: 'The type in words; always the same for a type.', examples: ['Invalid JSON'] }),
    status: z.int().meta({ description: 'The HTTP status.', examples: [400] }),
    detail: z
      .string()
      .meta({ description: 'What is wrong this time, and what to do.', examples: ['the body is empty'] }),
    errors: z.exactOptional(
      z
        .array(
          z
            .object({
              pointer: z.string().meta({
                description:
                  'JSON pointer into the body, empty for the whole body; a parameter of the query, the path or the headers is / and its name.',
                examples: ['/lines'],
              }),
              detail: z.string().meta({ description: 'What is wrong there.', examples: ['must be true or false'] }),
            })
            .meta({ description: 'One fault.' }),
        )
        .meta({ description: 'Faults of the body or of a parameter, 20 at most.' }),
    ),
    limit: z.exactOptional(z.int().meta({ description: 'The limit that was passed.', examples: [5_000_000] })),
    position: z.exactOptional(count('UTF-16 units from the start of the body to the fault.')),
    scope: z.exactOptional(
      z.string().meta({ description: 'With 403: the scope that the key lacks.', examples: ['samples'] }),
    ),
    differs: z.exactOptional(
      z.array(z.string().meta({ description: 'A part of the engine stamp.' })).meta({
        description: 'With engine-differs: parts of the engine stamp that are not what they were.',
        examples: [['model']],
      }),
    ),
    requestId: z
      .string()
      .meta({ description: 'The X-Request-Id of the response.', examples: ['8a6b1f0e-3c55-4d0c-9f3a-0d6c4f1a2b3c'] }),
  })
  .meta({ description: 'A problem document (RFC 9457).' })
  .register(components, { id: 'Problem' });
