import { z } from 'zod';
import { defineEvent } from '../define-event';
import { conversationHeadSchema } from '../shapes/conversation-head';

export const conversationClosed = defineEvent({
  type: 'conversation.closed',
  topic: 'conversation.v1',
  doc: 'Published when a conversation has been closed with a reason and an outcome.',
  schema: z.object({ conversation: conversationHeadSchema }),
  subject: (data) => data.conversation.id,
  key: (data) => `conversation:${data.conversation.id}`,
});
