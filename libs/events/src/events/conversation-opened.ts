import { z } from 'zod';
import { defineEvent } from '../define-event';
import { conversationHeadSchema } from '../shapes/conversation-head';

export const conversationOpened = defineEvent({
  type: 'conversation.opened',
  topic: 'conversation.v1',
  doc: 'Published when a customer turns to the tenant and no conversation of theirs is open.',
  schema: z.object({ conversation: conversationHeadSchema }),
  subject: (data) => data.conversation.id,
  key: (data) => `conversation:${data.conversation.id}`,
});
