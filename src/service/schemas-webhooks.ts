import * as z from 'zod';
import { components } from './schema-components.ts';
import { time, timeOrNull } from './schemas-keys.ts';
import { WEBHOOK_EVENTS } from './webhook-events.ts';

export const webhookRequest = z
  .strictObject({
    url: z
      .url({ protocol: /^https$/, error: 'must be an https address' })
      .max(2000, 'must have at most 2000 characters')
      .meta({
        description: 'Where messages are sent: https, on the public Internet.',
        examples: ['https://cms.example.org/hook'],
      }),
    events: z
      .array(z.enum(WEBHOOK_EVENTS, { error: `must be one of ${WEBHOOK_EVENTS.join(', ')}` }))
      .min(1, 'must name one event or more')
      .meta({ description: 'What it is told of.', examples: [['verdict.flagged']] }),
  })
  .meta({ description: 'A webhook to be made.' })
  .register(components, { id: 'WebhookRequest' });

export const webhookAnswer = z
  .object({
    id: z.string().meta({ description: 'Id of the webhook.', examples: ['hook_7d1c'] }),
    url: webhookRequest.shape.url,
    events: webhookRequest.shape.events,
    createdAt: time('When it was made.'),
    disabledAt: timeOrNull('When the receiver asked for no more (410); null: it did not.'),
  })
  .meta({ description: 'A webhook, without its secret.' })
  .register(components, { id: 'Webhook' });

export const newWebhookAnswer = webhookAnswer
  .extend({
    secret: z.string().meta({ description: 'Signs its messages (Standard Webhooks): shown here and never again.' }),
  })
  .meta({ description: 'A new webhook, with its secret.' })
  .register(components, { id: 'NewWebhook' });

export const webhookList = z
  .object({ webhooks: z.array(webhookAnswer).meta({ description: 'Newest first.' }) })
  .meta({ description: 'The webhooks of the tenant.' })
  .register(components, { id: 'WebhookList' });

export const testAnswer = z
  .object({ deliveryId: z.string().meta({ description: 'webhook-id of the message.', examples: ['msg_7d1c'] }) })
  .meta({ description: 'A message is queued.' })
  .register(components, { id: 'WebhookTest' });

export const deliveryList = z
  .object({
    deliveries: z
      .array(
        z
          .object({
            id: z.string().meta({ description: 'webhook-id of the message.', examples: ['msg_7d1c'] }),
            event: z.string().meta({ description: 'What it tells of.', examples: ['verdict.flagged'] }),
            createdAt: time('When it was queued.'),
            attempts: z.int().meta({ description: 'Begun so far.', examples: [1] }),
            state: z.enum(['pending', 'delivered', 'failed']).meta({ description: 'How it stands.' }),
            nextAt: timeOrNull('When it is due, where it is pending.'),
            lastError: z
              .string()
              .nullable()
              .meta({ description: 'Why the last attempt failed.', examples: [null] }),
          })
          .meta({ description: 'One message.' }),
      )
      .meta({ description: 'Newest first, 100 at most.' }),
  })
  .meta({ description: 'What became of the messages of a webhook.' })
  .register(components, { id: 'DeliveryList' });
