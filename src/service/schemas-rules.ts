import * as z from 'zod';
import { components } from './schema-components.ts';
import { verdict } from './schemas.ts';
import { time, timeOrNull } from './schemas-keys.ts';

const LONGEST_TEXT = 500;
const short = (description: string, example: string) =>
  z
    .string('must be a string')
    .max(LONGEST_TEXT, `must have at most ${LONGEST_TEXT} characters`)
    .meta({ description, examples: [example] });
/** A rule is somebody's, and there is a reason for it: who comes across it later can ask. */
const said = (description: string, example: string) =>
  short(description, example)
    .regex(/\S/, 'must not be blank')
    .meta({ description, examples: [example] });
/** 200 literals are a page of them; more belong into several rules, which can be taken back one by one. */
const strings = (description: string, example: string[]) =>
  z.exactOptional(
    z
      .array(short('One text.', 'bonus'))
      .min(1, 'must not be empty')
      .max(200, 'must have at most 200 entries')
      .meta({
        description,
        examples: [example],
      }),
  );

const fields = {
  kind: z.enum(['deny', 'allow'], { error: 'must be deny or allow' }).meta({
    description: 'deny: a hit speaks for spam. allow: what a rule hits inside of it does not count.',
    examples: ['deny'],
  }),
  category: z.exactOptional(
    z
      .enum(['', 'adult', 'gambling', 'pharma', 'escort', 'loans', 'replica', 'essay', 'gossip'], {
        error: 'must be empty, or one of adult, gambling, pharma, escort, loans, replica, essay, gossip',
      })
      .meta({ description: 'What kind of spam it finds; empty where it does not say.', examples: ['gambling'] }),
  ),
  literals: strings('Texts that it finds, in any spelling. Either these or a pattern.', ['mega bonus']),
  pattern: z.exactOptional(short('A pattern of the linear subset, instead of literals.', 'bonus [0-9]{2,4}')),
  needs: strings('With a pattern: texts of which each match holds one.', ['bonus']),
  weight: z.exactOptional(
    z
      .number('must be a number')
      .gt(0, 'must be above 0')
      .max(12, 'must be at most 12')
      .meta({
        description:
          'Natural-log odds that a hit of a deny rule adds to what the words of its line say; 6 where left out. With 12, one hit in a short line of unknown words sends it to a person: try a rule before it is put.',
        examples: [4],
      }),
  ),
  description: z.exactOptional(short('What it finds.', 'Bonus codes of one casino')),
  author: said('Who wants it.', 'night desk'),
  reason: said('Why.', 'seen below three articles'),
  hits: strings('Texts in which it must hit; the first literal where left out.', ['get your mega bonus']),
  misses: strings('Honest texts in which it must not.', ['The bonus was paid in March.']),
  expiresAt: z.exactOptional(
    z.iso
      .datetime({ offset: true, error: 'must be a time such as 2027-01-01T00:00:00Z' })
      .meta({ description: 'When it ends; never where left out.', examples: ['2027-01-01T00:00:00Z'] }),
  ),
};

export const ruleRequest = z
  .strictObject(fields)
  .meta({ description: 'A rule of the site: either literals, or a pattern with needs.' })
  .register(components, { id: 'RuleRequest' });

export const ruleTestRequest = z
  .strictObject({
    rule: ruleRequest,
    id: z.exactOptional(short('Id of the rule that it would replace.', 'mega-bonus')),
    text: z.exactOptional(
      z.string('must be a string').meta({ description: 'A text to try it on.', examples: ['get your mega bonus'] }),
    ),
    recent: z.exactOptional(
      z
        .int('must be a whole number')
        .min(0, 'must not be below 0')
        .max(200, 'must be at most 200')
        .meta({
          description: 'On how many of the latest honest texts of the site it is tried; 50 where left out.',
          examples: [50],
        }),
    ),
  })
  .meta({ description: 'A rule, and what it is tried on.' })
  .register(components, { id: 'RuleTestRequest' });

export const ruleAnswer = z
  .object({
    id: z.string().meta({ description: 'Name of the rule.', examples: ['mega-bonus'] }),
    engineId: z.string().meta({ description: 'How reasons of verdicts name it.', examples: ['site.mega-bonus'] }),
    ...fields,
    // A rule that is kept may be older than what is asked of a new one.
    author: short('Who wants it.', 'night desk'),
    reason: short('Why.', 'seen below three articles'),
    createdAt: time('When it was put.'),
    expiresAt: timeOrNull('When it ends; null: never.'),
  })
  .meta({ description: 'A rule of the site.' })
  .register(components, { id: 'SiteRule' });

export const ruleList = z
  .object({
    rules: z.array(ruleAnswer).meta({ description: 'Those in force, by id.' }),
    revision: z.int().meta({ description: 'Changes with every write.', examples: [3] }),
  })
  .meta({ description: 'The rules of the site.' })
  .register(components, { id: 'SiteRuleList' });

const kind = verdict.shape.verdict;

export const ruleTestAnswer = z
  .object({
    matches: z.array(z.string()).meta({ description: 'What it hits in the text, folded.', examples: [['mega bonus']] }),
    text: z
      .object({ before: kind, after: kind })
      .nullable()
      .meta({ description: 'The verdict on the text without and with it; null without a text.' }),
    tried: z.int().meta({ description: 'Honest texts that it was tried on.', examples: [50] }),
    changes: z
      .array(
        z
          .object({ verdictId: z.string().meta({ description: 'Id in the log.' }), before: kind, after: kind })
          .meta({ description: 'One text.' }),
      )
      .meta({ description: 'Those whose verdict would change.' }),
  })
  .meta({ description: 'What a rule would do.' })
  .register(components, { id: 'RuleTest' });
