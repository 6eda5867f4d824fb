import { z } from 'zod';
import { defineEvent } from '../define-event';
import { conversationHeadSchema } from '../shapes/conversation-head';

export const conversationReopened = defineEvent({
  type: 'conversation.reopened',
  topic: 'conversation.v1',
  doc: 'Published when a closing has been undone and the conversation is open again.',
  schema: z.object({ conversation: conversationHeadSchema }),
  subject: (data) => data.conversation.id,
  key: (data) => `conversation:${data.conversation.id}`,
});
