import { conversationHeadSchema, entrySchema } from '@cordboard/events';
import { z } from 'zod';
import { defineCall } from '../define-call';
import { namedOptionSchema } from '../identity/calls';

const conversationRef = z.object({ tenantId: z.uuid(), conversationId: z.uuid() });
/** A conversation as one person sees it: with how many customer messages they have read. */
export const conversationViewSchema = conversationHeadSchema.extend({ readCount: z.int().nonnegative() });
export type ConversationView = z.infer<typeof conversationViewSchema>;

/** Keyset page over the actor's tenants, newest opened first; `after` is the last id of the page before. */
export const listConversations = defineCall({
  name: 'inbox.listConversations',
  input: z.object({
    scope: z.enum(['mine', 'waiting', 'all']),
    tenantIds: z.array(z.uuid()).nullable(),
    state: z.enum(['open', 'closed']).nullable(),
    assigneeId: z.uuid().nullable(),
    first: z.int().min(1).max(200),
    after: z.uuid().nullable(),
  }),
  output: z.object({ items: z.array(conversationViewSchema), hasMore: z.boolean() }),
});

export const countConversations = defineCall({
  name: 'inbox.countConversations',
  input: z.object({}),
  output: z.object({ mine: z.int(), waiting: z.int(), open: z.int() }),
});

/** In the order of the ids; null where the actor may not see one. */
export const getConversations = defineCall({
  name: 'inbox.getConversations',
  input: z.object({ ids: z.array(conversationRef).min(1).max(200) }),
  output: z.array(conversationViewSchema.nullable()),
});

export const getTimeline = defineCall({
  name: 'inbox.getTimeline',
  input: conversationRef.extend({
    afterRev: z.int().nonnegative().nullable(),
    beforeSeq: z.int().positive().nullable(),
    first: z.int().min(1).max(500),
  }),
  output: z.object({ entries: z.array(entrySchema), rev: z.int(), hasMore: z.boolean() }),
});

export const contactViewSchema = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  name: z.string().nullable(),
  language: z.string().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  identities: z.array(z.object({ channel: z.string(), value: z.string() })),
});
export const getContacts = defineCall({
  name: 'inbox.getContacts',
  input: z.object({
    ids: z
      .array(z.object({ tenantId: z.uuid(), contactId: z.uuid() }))
      .min(1)
      .max(200),
  }),
  output: z.array(contactViewSchema.nullable()),
});

/** Conversations of one contact, newest first. */
export const getContactConversations = defineCall({
  name: 'inbox.getContactConversations',
  input: z.object({ tenantId: z.uuid(), contactId: z.uuid(), first: z.int().min(1).max(50) }),
  output: z.array(conversationViewSchema),
});

/** Reasons and outcomes of the actor's tenants, for closing. */
export const getDispositions = defineCall({
  name: 'inbox.getDispositions',
  input: z.object({}),
  output: z.object({ reasons: z.array(namedOptionSchema), outcomes: z.array(namedOptionSchema) }),
});

const entryResult = z.object({ entry: entrySchema, conversation: conversationViewSchema });

/** UserError CONVERSATION_CLOSED when it has been closed meanwhile. */
export const sendMessage = defineCall({
  name: 'inbox.sendMessage',
  input: conversationRef.extend({ clientId: z.uuid(), text: z.string().trim().min(1).max(4096) }),
  output: entryResult,
});
export const addNote = defineCall({
  name: 'inbox.addNote',
  input: conversationRef.extend({ clientId: z.uuid(), text: z.string().trim().min(1).max(4096) }),
  output: entryResult,
});

/** UserError CONVERSATION_MOVED_ON when the customer wrote after `expectedRev`, or somebody else closed it. */
export const closeConversation = defineCall({
  name: 'inbox.closeConversation',
  input: conversationRef.extend({ clientId: z.uuid(), expectedRev: z.int().nonnegative(), reasonId: z.uuid(), outcomeId: z.uuid() }),
  output: conversationViewSchema,
});
/** UserError CONVERSATION_MOVED_ON when a newer conversation of the contact is open. */
export const reopenConversation = defineCall({
  name: 'inbox.reopenConversation',
  input: conversationRef.extend({ clientId: z.uuid() }),
  output: conversationViewSchema,
});
export const markRead = defineCall({
  name: 'inbox.markRead',
  input: conversationRef.extend({ inboundCount: z.int().nonnegative() }),
  output: z.object({ readCount: z.int() }),
});
