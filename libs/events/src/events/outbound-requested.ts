import { z } from 'zod';
import { defineEvent } from '../define-event';
import { channelSchema } from '../shapes/conversation-head';

export const outboundRequested = defineEvent({
  type: 'outbound.requested',
  topic: 'outbound.v1',
  doc: 'Published when a message for a customer has been recorded and its channel is to carry it.',
  schema: z.object({
    channel: channelSchema,
    identity: z.string().min(1).max(200),
    conversationId: z.uuid(),
    entryId: z.uuid(),
    text: z.string().max(4096),
    /** First name of who writes, as the customer may see it; null for automatic messages. */
    authorName: z.string().nullable(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
  subject: (data) => data.entryId,
  key: (data) => `conversation:${data.conversationId}`,
});
