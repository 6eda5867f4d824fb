import { defineEvent } from '../define-event';
import { offerSchema } from '../shapes/offer';

export const offerMade = defineEvent({
  type: 'offer.made',
  topic: 'offer.v1',
  doc: 'Published when a conversation is offered to an agent, who has until the deadline to accept.',
  schema: offerSchema,
  subject: (data) => data.id,
  key: (data) => `conversation:${data.conversationId}`,
});
