import { z } from 'zod';

/** Delivery of an outbound message; moves forward only, `failed` only before `delivered`. */
export const deliveryStatusSchema = z.enum(['pending', 'sent', 'delivered', 'read', 'failed', 'unknown']);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/** A quiet line of the timeline, by code and parameters; the console words it in the reader's language. */
export const systemLineSchema = z.object({
  code: z.enum([
    'opened',
    'offered',
    'accepted',
    'declined',
    'expired',
    'withdrawn',
    'taken',
    'transferred',
    'requeued',
    'closed',
    'reopened',
  ]),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  /** How long the thing took, where it took time: the wait before accepting, the ring before declining. */
  durationMs: z.int().nonnegative().nullable(),
  detail: z.string().nullable(),
});
export type SystemLine = z.infer<typeof systemLineSchema>;

/** One entry of a conversation's timeline. On screen entries stand by `occurredAt`, then `seq`. */
export const entrySchema = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  conversationId: z.uuid(),
  /** Identity and arrival: dense per conversation, from 1. */
  seq: z.int().positive(),
  /** The conversation's `rev` at which this entry was last inserted or changed. */
  rev: z.int().positive(),
  kind: z.enum(['message', 'note', 'system']),
  author: z.enum(['customer', 'agent', 'system']),
  authorId: z.uuid().nullable(),
  authorName: z.string().nullable(),
  text: z.string(),
  /** The client's own id of a message it sent; the same id is never recorded twice in a conversation. */
  clientId: z.uuid().nullable(),
  status: deliveryStatusSchema.nullable(),
  system: systemLineSchema.nullable(),
  occurredAt: z.iso.datetime({ offset: true }),
  recordedAt: z.iso.datetime({ offset: true }),
});
export type Entry = z.infer<typeof entrySchema>;
