import { z } from 'zod';
import { defineEvent } from '../define-event';

export const agentTypingChanged = defineEvent({
  type: 'agent-typing.changed',
  topic: 'agent-typing.v1',
  doc: 'Published when an agent starts or stops typing a reply; fades by itself after 6 s.',
  schema: z.object({
    conversationId: z.uuid(),
    channel: z.string(),
    /** The customer on the channel, so that the channel finds its socket. */
    identity: z.string(),
    personId: z.uuid(),
    /** First name only: it is shown to the customer. */
    personName: z.string(),
    typing: z.boolean(),
  }),
  subject: (data) => data.conversationId,
  key: (data) => `conversation:${data.conversationId}`,
});
