import * as z from 'zod';
import { components } from './schema-components.ts';
import { SCOPES } from './tenant.ts';

export const time = (description: string) =>
  z.string().meta({ description: `${description} RFC 3339, UTC.`, examples: ['2026-11-23T20:00:00.000Z'] });
export const timeOrNull = (description: string) =>
  z
    .string()
    .nullable()
    .meta({ description: `${description} RFC 3339, UTC.`, examples: ['2026-11-23T20:00:00.000Z', null] });
const future = z.exactOptional(
  z.iso
    .datetime({ offset: true, error: 'must be a time such as 2027-01-01T00:00:00Z' })
    .meta({ description: 'When it ends; never where left out.', examples: ['2027-01-01T00:00:00Z'] }),
);
const scopes = z.array(z.enum(SCOPES, { error: `must be one of ${SCOPES.join(', ')}` }));

export const keyRequest = z
  .strictObject({
    name: z
      .string('must be a string')
      .min(1, 'must not be empty')
      .max(100, 'must have at most 100 characters')
      .meta({ description: 'What the key is for, to its owner.', examples: ['cms of the sports desk'] }),
    scopes: scopes
      .min(1, 'must name one scope or more')
      .meta({ description: 'What it may do; admin may do everything.', examples: [['check']] }),
    environment: z.exactOptional(
      z.enum(['live', 'test'], { error: 'must be live or test' }).meta({
        description: 'What the key begins with, so that one for trying things is told from one in use.',
        examples: ['live'],
      }),
    ),
    expiresAt: future,
  })
  .meta({ description: 'A key to be made.' })
  .register(components, { id: 'KeyRequest' });

export const rotateRequest = z
  .strictObject({
    overlapSeconds: z
      .int('must be a whole number')
      .min(0, 'must not be below 0')
      .max(2_592_000, 'must be at most 2592000, which are 30 days')
      .meta({ description: 'How long the old key still works.', examples: [86_400] }),
    expiresAt: future,
  })
  .meta({ description: 'How a key is replaced.' })
  .register(components, { id: 'RotateRequest' });

export const apiKeyAnswer = z
  .object({
    id: z.string().meta({ description: 'Id of the key, which is no secret.', examples: ['key_7d1c'] }),
    name: keyRequest.shape.name,
    prefix: z.string().meta({ description: 'What the key begins with.', examples: ['ls_live_4k9x'] }),
    scopes: scopes.meta({ description: 'What it may do.', examples: [['check']] }),
    createdAt: time('When it was made.'),
    expiresAt: timeOrNull('When it ends; null: never.'),
    lastUsedAt: timeOrNull('To the minute; null: never used.'),
    revokedAt: timeOrNull('When it was revoked; null: it was not.'),
    replacedBy: z
      .string()
      .nullable()
      .meta({ description: 'Id of the key that took its place.', examples: [null] }),
  })
  .meta({ description: 'A key, without its secret.' })
  .register(components, { id: 'ApiKey' });

export const newKeyAnswer = apiKeyAnswer
  .extend({ key: z.string().meta({ description: 'The key itself: shown here and never again.' }) })
  .meta({ description: 'A new key, with its secret.' })
  .register(components, { id: 'NewApiKey' });

export const keyList = z
  .object({ keys: z.array(apiKeyAnswer).meta({ description: 'Newest first.' }) })
  .meta({ description: 'The keys of the tenant.' })
  .register(components, { id: 'ApiKeyList' });
