import { z } from 'zod';
import { defineEvent } from '../define-event';
import { channelSchema } from '../shapes/conversation-head';

export const typingChanged = defineEvent({
  type: 'typing.changed',
  topic: 'typing.v1',
  doc: 'Published when a customer starts or stops typing; fades by itself after 6 s.',
  schema: z.object({
    channel: channelSchema,
    identity: z.string().min(1).max(200),
    /** Null before the first message has been answered: the channel does not know the conversation yet. */
    conversationId: z.uuid().nullable(),
    typing: z.boolean(),
  }),
  subject: (data) => data.identity,
  key: (data) => `${data.channel}:${data.identity}`,
});
