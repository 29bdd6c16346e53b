import * as z from 'zod';
import { components } from './schema-components.ts';
import { engine } from './schemas.ts';

export const health = z
  .object({
    status: z.literal('alive').meta({ description: 'Always alive.', examples: ['alive'] }),
    version: z.string().meta({ description: 'Version of the service.', examples: ['0.1.0'] }),
  })
  .meta({ description: 'The process answers.' })
  .register(components, { id: 'Health' });

export const readiness = z
  .object({
    status: z.literal('ready').meta({ description: 'Always ready.', examples: ['ready'] }),
    engine,
    degraded: z.exactOptional(
      z.int().meta({
        description:
          'Sites that are judged by another model than the one that was promoted; absent where there are none.',
        examples: [1],
      }),
    ),
    drifted: z.exactOptional(
      z.int().meta({
        description: 'Sites whose traffic has left its band, as far as this process has looked; absent for none.',
        examples: [1],
      }),
    ),
  })
  .meta({ description: 'The model is loaded.' })
  .register(components, { id: 'Readiness' });
