import { z } from 'zod';
import { defineEvent } from '../define-event';
import { channelSchema } from '../shapes/conversation-head';
import { deliveryStatusSchema } from '../shapes/entry';

export const deliveryReported = defineEvent({
  type: 'delivery.reported',
  topic: 'delivery.v1',
  doc: 'Published when a channel learns how far an outbound message has come.',
  schema: z.object({
    channel: channelSchema,
    identity: z.string().min(1).max(200),
    conversationId: z.uuid(),
    /** Ids of the timeline entries concerned, at most 200. */
    entryIds: z.array(z.uuid()).min(1).max(200),
    status: deliveryStatusSchema,
    occurredAt: z.iso.datetime({ offset: true }),
  }),
  subject: (data) => data.conversationId,
  key: (data) => `${data.channel}:${data.identity}`,
});
