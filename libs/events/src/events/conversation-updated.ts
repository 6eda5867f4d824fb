import { z } from 'zod';
import { defineEvent } from '../define-event';
import { conversationHeadSchema } from '../shapes/conversation-head';

export const conversationUpdated = defineEvent({
  type: 'conversation.updated',
  topic: 'conversation.v1',
  doc: 'Published when the conversation itself changed without an entry: its assignee, queue, page or work state.',
  schema: z.object({ conversation: conversationHeadSchema }),
  subject: (data) => data.conversation.id,
  key: (data) => `conversation:${data.conversation.id}`,
});
