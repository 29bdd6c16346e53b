import * as z from 'zod';
import { components } from './schema-components.ts';

const driftFigures = (description: string) =>
  z
    .array(
      z
        .object({
          figure: z.string().meta({
            description: 'verdict, posterior, rule, unseen; of lines also line and line-posterior.',
            examples: ['verdict'],
          }),
          index: z.number().meta({
            description: 'Population stability index; above .25 is drift from earlier weeks, above .1 from the card.',
            examples: [0.02],
          }),
          drifted: z.boolean().meta({ description: 'Whether it left its band.', examples: [false] }),
          moved: z
            .array(
              z
                .object({
                  key: z.string().meta({ description: 'Value.', examples: ['clean'] }),
                  before: z.number().meta({ description: 'Share before, or expected.', examples: [0.01] }),
                  now: z.number().meta({ description: 'Share now.', examples: [0.2] }),
                })
                .meta({ description: 'A value.' }),
            )
            .meta({ description: 'What moved most.' }),
        })
        .meta({ description: 'A figure.' }),
    )
    .meta({ description });

export const driftAnswer = z
  .object({
    week: z
      .string()
      .nullable()
      .meta({ description: 'The last week with figures.', examples: ['2026-W48'] }),
    before: z.array(z.string()).meta({ description: 'The weeks that it is held against.', examples: [['2026-W47']] }),
    drifted: z.boolean().meta({ description: 'Whether any figure left its band.', examples: [false] }),
    figures: driftFigures('Each figure against the weeks before.'),
    card: z
      .object({
        model: z.string().meta({ description: 'Whose card.', examples: ['0'.repeat(64)] }),
        figures: driftFigures('Each figure of lines against held-out rows, at one injected line in a hundred.'),
      })
      .nullable()
      .meta({ description: 'Against what the card of the champion expects; null where it says nothing.' }),
    examples: z
      .array(z.string())
      .meta({ description: 'Verdicts that were flagged or have novel lines.', examples: [[]] }),
  })
  .meta({ description: 'How far the traffic of a week is from what it was, and from what the champion expects.' })
  .register(components, { id: 'Drift' });
