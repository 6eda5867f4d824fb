import { z } from 'zod';
import { defineEvent } from '../define-event';
import { offerSchema } from '../shapes/offer';

export const offerEnded = defineEvent({
  type: 'offer.ended',
  topic: 'offer.v1',
  doc: 'Published when an offer is over: accepted, declined, expired or withdrawn.',
  schema: offerSchema.extend({ ending: z.enum(['accepted', 'declined', 'expired', 'withdrawn']) }),
  subject: (data) => data.id,
  key: (data) => `conversation:${data.conversationId}`,
});
