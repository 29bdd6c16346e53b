import * as z from 'zod';
import { components } from './schema-components.ts';

const day = (description: string) =>
  z.iso.date({ error: 'must be a day such as 2026-11-23' }).meta({ description, examples: ['2026-11-23'] });
const count = (description: string) => z.int().meta({ description, examples: [12] });

export const usageQuery = z.strictObject({
  from: z.exactOptional(day('First day, UTC; 29 days before the last where left out.')),
  to: z.exactOptional(day('Last day, UTC; today where left out.')),
});

export const usageAnswer = z
  .object({
    days: z
      .array(
        z
          .object({
            day: day('UTC.'),
            requests: count('Requests that judged something; a batch is one.'),
            documents: count('Documents judged.'),
            lines: count('Lines read.'),
            characters: count('UTF-16 units read.'),
            flagged: count('Documents that did not pass.'),
          })
          .meta({ description: 'One day.' }),
      )
      .meta({ description: 'Days with usage, in order.' }),
  })
  .meta({ description: 'What the site has used.' })
  .register(components, { id: 'Usage' });
