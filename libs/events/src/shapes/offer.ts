import { z } from 'zod';
import { channelSchema } from './conversation-head';

/** A conversation held out to one agent. */
export const offerSchema = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  conversationId: z.uuid(),
  queueId: z.uuid(),
  agentId: z.uuid(),
  channel: channelSchema,
  /** Fencing token: accepting needs the same number; it grows with every offer. */
  token: z.int().positive(),
  /** Who turns to us and the first line of what they wrote. */
  contactName: z.string().nullable(),
  preview: z.string(),
  enqueuedAt: z.iso.datetime({ offset: true }),
  madeAt: z.iso.datetime({ offset: true }),
  deadline: z.iso.datetime({ offset: true }),
});
export type OfferShape = z.infer<typeof offerSchema>;
