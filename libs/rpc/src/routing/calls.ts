import {
  agentPresenceSchema,
  awayReasonSchema,
  localizedTextSchema,
  offerSchema,
  presenceStatusSchema,
  workStateSchema,
} from '@cordboard/events';
import { z } from 'zod';
import { defineCall } from '../define-call';

const work = z.object({
  conversationId: z.uuid(),
  tenantId: z.uuid(),
  state: workStateSchema,
  version: z.int(),
  queueId: z.uuid(),
  agentId: z.uuid().nullable(),
});

/** UserError OFFER_GONE (details.takenBy) when it was declined, ran out or another has it. */
export const acceptOffer = defineCall({
  name: 'routing.acceptOffer',
  input: z.object({ tenantId: z.uuid(), offerId: z.uuid(), token: z.int().positive(), clientId: z.uuid() }),
  output: work,
});
export const declineOffer = defineCall({
  name: 'routing.declineOffer',
  input: z.object({
    tenantId: z.uuid(),
    offerId: z.uuid(),
    token: z.int().positive(),
    clientId: z.uuid(),
    reason: z.enum(['busy', 'not_my_field', 'technical', 'other']),
  }),
  output: z.object({}),
});
/** UserError WORK_MOVED_ON (details.assigneeName) when the version is not the newest; NO_CAPACITY when the taker is full. */
export const takeConversation = defineCall({
  name: 'routing.takeConversation',
  input: z.object({ tenantId: z.uuid(), conversationId: z.uuid(), expectedVersion: z.int().nonnegative(), clientId: z.uuid() }),
  output: work,
});
/** To an agent with room, or back to the queue (null) at its original age. */
export const transferConversation = defineCall({
  name: 'routing.transferConversation',
  input: z.object({
    tenantId: z.uuid(),
    conversationId: z.uuid(),
    expectedVersion: z.int().nonnegative(),
    toAgentId: z.uuid().nullable(),
    clientId: z.uuid(),
  }),
  output: work,
});
/** Live offers of the actor. */
export const getOffers = defineCall({ name: 'routing.getOffers', input: z.object({}), output: z.array(offerSchema) });

/** Presence of people who serve a tenant the actor serves. */
export const getPresences = defineCall({ name: 'routing.getPresences', input: z.object({}), output: z.array(agentPresenceSchema) });

export const setPresence = defineCall({
  name: 'routing.setPresence',
  input: z.object({ status: presenceStatusSchema, reason: awayReasonSchema.nullable(), clientId: z.uuid() }),
  output: agentPresenceSchema,
});
/** The gateway renews a lease per socket every 15 s; `gone` shortens it when the socket closes. */
export const renewLease = defineCall({
  name: 'routing.renewLease',
  input: z.object({ connectionId: z.uuid(), gone: z.boolean() }),
  output: z.object({}),
});
export const getQueues = defineCall({
  name: 'routing.getQueues',
  input: z.object({}),
  output: z.array(z.object({ id: z.uuid(), tenantId: z.uuid(), name: localizedTextSchema, targetMs: z.int(), nearMs: z.int() })),
});
