import * as z from 'zod';
import { components } from './schema-components.ts';
import { time } from './schemas-keys.ts';

const LONGEST = 1000;
const short = (description: string, example: string) =>
  z.exactOptional(
    z
      .string('must be a string')
      .min(1, 'must not be empty')
      .max(LONGEST, `must have at most ${LONGEST} characters`)
      .meta({ description, examples: [example] }),
  );
const label = z
  .enum(['legit', 'spam'], { error: 'must be legit or spam' })
  .meta({ description: 'What a person says of it.', examples: ['spam'] });
const category = z.enum(['adult', 'gambling', 'pharma', 'escort', 'loans', 'replica', 'essay', 'gossip'], {
  error: 'must be one of adult, gambling, pharma, escort, loans, replica, essay, gossip',
});
const state = z
  .enum(['active', 'withdrawn', 'ignored', 'conflict'])
  .meta({ description: 'active: learned. conflict: somebody else says otherwise.', examples: ['active'] });
const offset = (description: string, example: number) =>
  z
    .int('must be a whole number')
    .min(0, 'must not be below 0')
    .meta({ description, examples: [example] });

export const sampleRequest = z
  .strictObject({
    text: z.exactOptional(
      z
        .string('must be a string')
        .min(1, 'must not be empty')
        .max(10_000, 'must have at most 10000 characters; label its lines one by one')
        .meta({ description: 'The text itself; or verdictId and span.', examples: ['kartalbahis giriş - rulet'] }),
    ),
    verdictId: short('A verdict of the log that it confirms or corrects.', '8a6b1f0e'),
    span: z.exactOptional(
      z
        .strictObject({ start: offset('First UTF-16 unit.', 120), end: offset('After the last one.', 180) })
        .meta({ description: 'With verdictId: where in its document.' }),
    ),
    label,
    category: z.exactOptional(category.meta({ description: 'Of spam: which kind.', examples: ['gambling'] })),
    language: z.exactOptional(
      z
        .string('must be a string')
        .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/, 'must be a tag such as tr or zh-Hans')
        .meta({ description: 'Language of the text.', examples: ['tr'] }),
    ),
    author: short('Who says so; the key where left out.', 'night desk'),
    site: short('Of several sites, which one.', 'news'),
    documentId: short('Your name of the document: measuring never parts one.', 'post-4711'),
  })
  .meta({ description: 'A label on a text, or on a span of a logged verdict.' })
  .register(components, { id: 'SampleRequest' });

export const sampleAnswer = z
  .object({
    id: z.string().meta({ description: 'To withdraw it by.', examples: ['5b3c'] }),
    text: z.string().meta({ description: 'The text.', examples: ['kartalbahis giriş - rulet'] }),
    label,
    category: category.nullable().meta({ description: 'Kind of spam, where it is said.', examples: ['gambling'] }),
    language: z
      .string()
      .nullable()
      .meta({ description: 'Language, where it is said.', examples: ['tr'] }),
    origin: z
      .enum(['human', 'rule', 'import'])
      .meta({ description: 'Where the label comes from; the stronger one is learned.', examples: ['human'] }),
    author: z.string().meta({ description: 'Who said so.', examples: ['night desk'] }),
    site: z
      .string()
      .nullable()
      .meta({ description: 'Of several sites, which one.', examples: [null] }),
    documentId: z
      .string()
      .nullable()
      .meta({ description: 'The document.', examples: ['post-4711'] }),
    verdictId: z
      .string()
      .nullable()
      .meta({ description: 'The verdict.', examples: [null] }),
    influence: z
      .int()
      .meta({ description: 'Lines of the base that each of its lines counts as, 1 to 32.', examples: [8] }),
    createdAt: time('When it was given.'),
    state,
    revision: z.int().meta({ description: 'Grows with every change of the samples.', examples: [12] }),
  })
  .meta({ description: 'A label that is kept.' })
  .register(components, { id: 'Sample' });

export const newSampleAnswer = sampleAnswer
  .extend({
    outcome: z
      .enum(['added', 'duplicate', 'conflict'])
      .meta({ description: 'duplicate: it was known. conflict: it waits for a decision.', examples: ['added'] }),
    with: z
      .string()
      .nullable()
      .meta({ description: 'The sample that it meets.', examples: [null] }),
  })
  .meta({ description: 'What became of a label.' })
  .register(components, { id: 'NewSample' });

const limit = (most: number, description: string) =>
  z.exactOptional(
    z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(most, `must be at most ${most}`)
      .meta({ description, examples: [50] }),
  );

export const sampleQuery = z.strictObject({
  limit: limit(1000, 'Samples of a page; 50 where left out.'),
  state: z.exactOptional(state),
  author: short('Only of this author.', 'night desk'),
  cursor: z.exactOptional(z.string().meta({ description: 'next of the page before.' })),
});

export const samplePage = z
  .object({
    samples: z.array(sampleAnswer).meta({ description: 'Newest first.' }),
    next: z
      .string()
      .nullable()
      .meta({ description: 'cursor of the next page; null on the last.', examples: [null] }),
  })
  .meta({ description: 'A page of samples.' })
  .register(components, { id: 'SamplePage' });

export const stateRequest = z
  .strictObject({
    state: z
      .enum(['active', 'withdrawn', 'ignored'], { error: 'must be active, withdrawn or ignored' })
      .meta({ description: 'active: learn it, for instance after a conflict.', examples: ['active'] }),
  })
  .meta({ description: 'What is to become of a sample.' })
  .register(components, { id: 'SampleStateRequest' });

export const sampleStats = z
  .object({
    active: z.int().meta({ description: 'Learned.', examples: [120] }),
    withdrawn: z.int().meta({ description: 'Taken back.', examples: [2] }),
    ignored: z.int().meta({ description: 'Beaten by a stronger label.', examples: [1] }),
    conflict: z.int().meta({ description: 'Waiting for a decision.', examples: [0] }),
    revision: z.int().meta({ description: 'Grows with every change.', examples: [123] }),
  })
  .meta({ description: 'How many samples there are.' })
  .register(components, { id: 'SampleStats' });

export const withdrawQuery = z.strictObject({
  author: z.exactOptional(
    z
      .string('must be a string')
      .min(1, 'must not be empty')
      .meta({ description: 'Whose labels are withdrawn.', examples: ['mallory'] }),
  ),
  unlearned: z.exactOptional(
    z
      .literal('true', { error: 'must be true' })
      .meta({ description: 'All that the champion was not built with, whoever gave them.', examples: ['true'] }),
  ),
});

export const withdrawnAnswer = z
  .object({ withdrawn: z.int().meta({ description: 'How many.', examples: [40] }) })
  .meta({ description: 'Labels that were withdrawn.' })
  .register(components, { id: 'Withdrawn' });

export const queueQuery = z.strictObject({ limit: limit(100, 'Lines to be asked for; 20 where left out.') });

export const queueAnswer = z
  .object({
    questions: z
      .array(
        z
          .object({
            id: z.string().meta({ description: 'Verdict and number of the span.', examples: ['8a6b1f0e#0'] }),
            text: z.string().meta({ description: 'The line.', examples: ['kartalbahis'] }),
            posterior: z.number().meta({ description: 'P(spam) as it was judged.', examples: [0.4] }),
            bayes: z.number().meta({ description: 'Evidence of the model, natural-log odds.', examples: [-2.1] }),
            rules: z.number().meta({ description: 'Evidence of the rules, natural-log odds.', examples: [4] }),
            unseen: z.number().meta({
              description: 'Share of its words, or pairs of characters, that the base model was not made of.',
              examples: [0.1],
            }),
            value: z.number().meta({ description: 'What a label would teach, 0 to 4.', examples: [1.2] }),
            grounds: z
              .array(z.enum(['uncertain', 'rules-against-bayes', 'repeated', 'novel']))
              .meta({ description: 'Why it is asked for.', examples: [['uncertain']] }),
            alike: z.int().meta({ description: 'Lines like it, itself included.', examples: [3] }),
          })
          .meta({ description: 'A line to be labelled.' }),
      )
      .meta({ description: 'The most instructive first.' }),
  })
  .meta({
    description:
      'Lines whose label would teach most, of the newest texts that passed and of those that did not: 5,000,000 characters of each at most.',
  })
  .register(components, { id: 'SampleQueue' });

const format = z
  .enum(['ndjson', 'csv', 'akismet', 'fasttext'], { error: 'must be one of ndjson, csv, akismet, fasttext' })
  .meta({ description: 'Format of the samples; ndjson keeps everything.', examples: ['ndjson'] });

export const importQuery = z.strictObject({
  format,
  author: short('Who labelled rows that do not say; the key where left out.', 'the old filter'),
  site: short('Site of rows that do not say.', 'news'),
});

export const exportQuery = z.strictObject({ format });

export const importAnswer = z
  .object({
    added: z.int().meta({ description: 'New ones.', examples: [120] }),
    duplicates: z.int().meta({ description: 'Known already.', examples: [3] }),
    conflicts: z.int().meta({ description: 'A person, or the first who came, says otherwise.', examples: [1] }),
    faulty: z.int().meta({ description: 'Rows that are no samples.', examples: [1] }),
    errors: z
      .array(
        z
          .object({
            place: z.string().meta({ description: 'Which row.', examples: ['the body:7'] }),
            detail: z
              .string()
              .meta({ description: 'What is wrong, and what to do.', examples: ['label is none of …'] }),
          })
          .meta({ description: 'A row.' }),
      )
      .meta({ description: 'The first hundred of them.' }),
  })
  .meta({ description: 'What became of many labels.' })
  .register(components, { id: 'SampleImport' });
