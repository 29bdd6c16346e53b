import * as z from 'zod';
import { components } from './schema-components.ts';
import { time, timeOrNull } from './schemas-keys.ts';

const short = (description: string, example: string) =>
  z
    .string('must be a string')
    .min(1, 'must not be empty')
    .max(500, 'must have at most 500 characters')
    .meta({ description, examples: [example] });
const digestOrNull = (description: string) =>
  z
    .string()
    .nullable()
    .meta({ description, examples: ['0'.repeat(64)] });

export const trainRequest = z
  .strictObject({
    reason: short('Why; it is kept with the model.', 'the campaign of last week'),
    author: z.exactOptional(short('Who wants it; the key where left out.', 'night desk')),
    promote: z.exactOptional(
      z
        .boolean('must be true or false')
        .meta({ description: 'Make it champion if the gate lets it through; true where left out.', examples: [true] }),
    ),
  })
  .meta({ description: 'A build of the base model and all samples.' })
  .register(components, { id: 'TrainRequest' });

export const jobAnswer = z
  .object({
    id: z.string().meta({ description: 'To ask after it by.', examples: ['7f0a'] }),
    kind: z.string().meta({ description: 'What it does.', examples: ['train'] }),
    state: z
      .enum(['queued', 'running', 'done', 'failed', 'cancelled'])
      .meta({ description: 'How far it is.', examples: ['running'] }),
    progress: z.number().meta({ description: '0 to 1.', examples: [0.4] }),
    stage: z.string().meta({ description: 'What it is at.', examples: ['measuring'] }),
    input: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for.', examples: [{}] }),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What it came to: digest, passed, promoted, failures.', examples: [null] }),
    error: z
      .string()
      .nullable()
      .meta({ description: 'Why it failed.', examples: [null] }),
    createdAt: time('When it was asked for.'),
    startedAt: timeOrNull('When it was taken up.'),
    finishedAt: timeOrNull('When it was over.'),
  })
  .meta({ description: 'Work that goes on after the answer.' })
  .register(components, { id: 'Job' });

export const jobList = z
  .object({ jobs: z.array(jobAnswer).meta({ description: 'Newest first.' }) })
  .meta({ description: 'The last fifty jobs.' })
  .register(components, { id: 'JobList' });

export const modelAnswer = z
  .object({
    digest: z.string().meta({ description: 'SHA-256 of its file.', examples: ['0'.repeat(64)] }),
    parent: digestOrNull('The champion that it follows; null: the base model.'),
    createdAt: time('When it was built.'),
    author: z.string().meta({ description: 'Who wanted it.', examples: ['night desk'] }),
    samplesRevision: z.int().meta({ description: 'Samples up to this revision are in it.', examples: [120] }),
    state: z.enum(['ready', 'refused', 'pruned']).meta({ description: 'refused: by the gate.', examples: ['ready'] }),
    aliases: z
      .array(z.enum(['champion', 'previous', 'challenger']))
      .meta({ description: 'What it is used as.', examples: [['champion']] }),
    card: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What it was made of, and how it was measured.', examples: [{}] }),
  })
  .meta({ description: 'A model of the site.' })
  .register(components, { id: 'Model' });

export const aliasesAnswer = z
  .object({
    champion: digestOrNull('The model that judges; null: the base model.'),
    previous: digestOrNull('What rollback goes back to; null: the base model, or none yet.'),
    challenger: digestOrNull('Judges a share without effect.'),
    share: z.number().meta({ description: 'Share of documents that the challenger judges too.', examples: [0.1] }),
    learnFrom: z.int().meta({ description: 'Later changes of samples are learned at once.', examples: [0] }),
    revision: z.int().meta({ description: 'Grows with every change.', examples: [2] }),
  })
  .meta({ description: 'Which model is what.' })
  .register(components, { id: 'ModelAliases' });

export const modelList = aliasesAnswer
  .extend({
    base: z.string().meta({ description: 'Digest of the base model.', examples: ['0'.repeat(64)] }),
    models: z.array(modelAnswer).meta({ description: 'Newest first, a hundred at most.' }),
  })
  .meta({ description: 'The models of the site.' })
  .register(components, { id: 'ModelList' });

const wish = {
  reason: short('Why; it is kept.', 'fewer false alarms'),
  author: z.exactOptional(short('Who wants it; the key where left out.', 'night desk')),
};

export const promoteRequest = z
  .strictObject({
    ...wish,
    override: z.exactOptional(
      z.boolean('must be true or false').meta({ description: 'Also where the gate refused it.', examples: [false] }),
    ),
  })
  .meta({ description: 'Who makes it champion, and why.' })
  .register(components, { id: 'PromoteRequest' });

export const rollbackAnswer = aliasesAnswer
  .extend({
    unlearned: z.int().meta({
      description: 'Labels that the model gone back to was not built with: the next build learns them again.',
      examples: [40],
    }),
    withdrawn: z.int().meta({ description: 'Labels that were withdrawn with it.', examples: [0] }),
    note: z.exactOptional(
      z.string().meta({ description: 'What to do about them.', examples: ['40 labels are not …'] }),
    ),
  })
  .meta({ description: 'Which model is what now, and what of the labels.' })
  .register(components, { id: 'Rollback' });

export const rollbackRequest = z
  .strictObject({
    ...wish,
    withdraw: z.exactOptional(
      z.boolean('must be true or false').meta({
        description: 'Withdraw all labels that the model gone back to was not built with; false where left out.',
        examples: [true],
      }),
    ),
  })
  .meta({ description: 'Who goes back, and why.' })
  .register(components, { id: 'RollbackRequest' });

export const challengerRequest = z
  .strictObject({
    digest: z
      .string('must be a string')
      .nullable()
      .meta({ description: 'The challenger; null: none any more.', examples: ['0'.repeat(64)] }),
    share: z.exactOptional(
      z
        .number('must be a number')
        .gt(0, 'must be above 0')
        .max(1, 'must be at most 1')
        .meta({ description: 'Share of documents that it judges too; .1 where left out.', examples: [0.1] }),
    ),
  })
  .meta({ description: 'A model that judges without effect.' })
  .register(components, { id: 'ChallengerRequest' });

const digestParameter = (description: string) =>
  z
    .string('must be a string')
    .min(1, 'must not be empty')
    .meta({ description, examples: ['base'] });

export const compareQuery = z.strictObject({
  a: digestParameter('A digest, or base.'),
  b: digestParameter('Another one.'),
});

export const compareAnswer = z
  .object({
    lines: z.int().meta({ description: 'Held-out rows and samples that both judged.', examples: [627] }),
    differences: z
      .array(
        z
          .object({
            id: z.string().meta({ description: 'Row or sample.', examples: ['held-hn01-001'] }),
            text: z.string().meta({ description: 'Its text.', examples: ['…'] }),
            label: z.string().meta({ description: 'Its label.', examples: ['legit'] }),
            a: z.boolean().meta({ description: 'Whether a flags it.', examples: [false] }),
            b: z.boolean().meta({ description: 'Whether b flags it.', examples: [true] }),
          })
          .meta({ description: 'A line.' }),
      )
      .meta({ description: 'Those that one flags and the other does not, fifty at most.' }),
  })
  .meta({ description: 'Two models on the same lines.' })
  .register(components, { id: 'ModelComparison' });

export const pruneRequest = z
  .strictObject({
    keep: z
      .int('must be a whole number')
      .min(0, 'must not be below 0')
      .max(1000, 'must be at most 1000')
      .meta({ description: 'How many of the newest without an alias are kept.', examples: [5] }),
  })
  .meta({ description: 'What is deleted.' })
  .register(components, { id: 'PruneRequest' });

export const pruneAnswer = z
  .object({ pruned: z.array(z.string()).meta({ description: 'Digests.', examples: [[]] }) })
  .meta({ description: 'Models whose files were deleted.' })
  .register(components, { id: 'Pruned' });

export const historyAnswer = z
  .object({
    promotions: z
      .array(
        z
          .object({
            at: time('When.'),
            from: digestOrNull('Champion before.'),
            to: digestOrNull('Champion after.'),
            author: z.string().meta({ description: 'Who.', examples: ['night desk'] }),
            reason: z.string().meta({ description: 'Why.', examples: ['fewer false alarms'] }),
          })
          .meta({ description: 'A change of the champion.' }),
      )
      .meta({ description: 'Newest first, a hundred at most.' }),
  })
  .meta({ description: 'How champions followed each other.' })
  .register(components, { id: 'PromotionHistory' });

export const disagreementPage = z
  .object({
    disagreements: z
      .array(
        z
          .object({
            id: z.string().meta({ description: 'Its name.', examples: ['1c'] }),
            at: time('When.'),
            verdictId: z
              .string()
              .nullable()
              .meta({ description: 'In the log.', examples: ['8a6b1f0e'] }),
            champion: z.string().meta({ description: 'Digest.', examples: ['0'.repeat(64)] }),
            challenger: z.string().meta({ description: 'Digest.', examples: ['1'.repeat(64)] }),
            championVerdict: z.string().meta({ description: 'What took effect.', examples: ['pass'] }),
            challengerVerdict: z.string().meta({ description: 'What did not.', examples: ['clean'] }),
            spans: z
              .record(z.string(), z.unknown())
              .nullable()
              .meta({ description: 'What either found, where spans are kept.', examples: [null] }),
          })
          .meta({ description: 'A document.' }),
      )
      .meta({ description: 'Newest first, a hundred at most.' }),
  })
  .meta({ description: 'Documents that champion and challenger judge differently.' })
  .register(components, { id: 'DisagreementList' });
