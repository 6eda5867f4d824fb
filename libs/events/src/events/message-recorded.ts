import { z } from 'zod';
import { defineEvent } from '../define-event';
import { conversationHeadSchema } from '../shapes/conversation-head';
import { entrySchema } from '../shapes/entry';

export const messageRecorded = defineEvent({
  type: 'message.recorded',
  topic: 'message.v1',
  doc: 'Published when an entry (message, note or system line) has been written into a timeline.',
  schema: z.object({ conversation: conversationHeadSchema, entry: entrySchema }),
  subject: (data) => data.entry.id,
  key: (data) => `conversation:${data.conversation.id}`,
});
