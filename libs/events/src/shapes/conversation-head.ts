import { z } from 'zod';

/** Channels a conversation can come by; a later channel adds its name here. */
export const channelSchema = z.enum(['webchat']);
export type Channel = z.infer<typeof channelSchema>;

/** Where routing has the work of a conversation; the table of moves is routing's `work.states.ts`. */
export const workStateSchema = z.enum(['queued', 'offered', 'active', 'done']);
export type WorkState = z.infer<typeof workStateSchema>;

/** What a list row shows of a conversation; every inbox event carries it, so that nobody has to ask. */
export const conversationHeadSchema = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  contactId: z.uuid(),
  contactName: z.string().nullable(),
  channel: channelSchema,
  /** Where replies go on that channel: the visitor's id. */
  identity: z.string(),
  state: z.enum(['open', 'closed']),
  /** Grows with every insert or change in the timeline and of the conversation itself. */
  rev: z.int().nonnegative(),
  openedAt: z.iso.datetime({ offset: true }),
  closedAt: z.iso.datetime({ offset: true }).nullable(),
  reasonId: z.uuid().nullable(),
  outcomeId: z.uuid().nullable(),
  /** The conversation of the same contact that closed last before this one opened. */
  previousId: z.uuid().nullable(),
  lastLine: z.string(),
  lastAuthor: z.enum(['customer', 'agent', 'system']),
  lastAt: z.iso.datetime({ offset: true }),
  /** When the oldest customer message without an answer came; null when all are answered. */
  unansweredSince: z.iso.datetime({ offset: true }).nullable(),
  /** Customer messages so far; unread = inboundCount − the reader's mark. */
  inboundCount: z.int().nonnegative(),
  /** The inbox's copy of routing's work item. */
  workState: workStateSchema,
  workVersion: z.int().nonnegative(),
  assigneeId: z.uuid().nullable(),
  queueId: z.uuid().nullable(),
  /** What the visitor's browser told when the conversation opened or the page changed. */
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
});
export type ConversationHead = z.infer<typeof conversationHeadSchema>;
