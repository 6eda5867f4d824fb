import { z } from 'zod';
import { defineEvent } from '../define-event';
import { conversationHeadSchema } from '../shapes/conversation-head';
import { entrySchema } from '../shapes/entry';

export const messageUpdated = defineEvent({
  type: 'message.updated',
  topic: 'message.v1',
  doc: 'Published when an entry that stands in a timeline has changed: its delivery moved on.',
  schema: z.object({ conversation: conversationHeadSchema, entry: entrySchema }),
  subject: (data) => data.entry.id,
  key: (data) => `conversation:${data.conversation.id}`,
});
