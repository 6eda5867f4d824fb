import { z } from 'zod';
import { defineEvent } from '../define-event';
import { channelSchema } from '../shapes/conversation-head';

export const inboundReceived = defineEvent({
  type: 'inbound.received',
  topic: 'inbound.v1',
  doc: 'Published when a channel has stored a message from a customer, and only then acknowledged it.',
  schema: z.object({
    channel: channelSchema,
    /** The customer on that channel, for ever: a site visitor's id, later a WhatsApp user id. */
    identity: z.string().min(1).max(200),
    /** The provider's or client's id of the message; the same id counts once. */
    externalId: z.string().min(1).max(200),
    text: z.string().max(4096),
    profile: z.object({ name: z.string().max(200).nullable(), language: z.string().max(35).nullable() }),
    page: z.object({ url: z.string().max(2048), title: z.string().max(300) }).nullable(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
  subject: (data) => data.identity,
  key: (data) => `${data.channel}:${data.identity}`,
});
