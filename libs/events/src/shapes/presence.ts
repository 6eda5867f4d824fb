import { z } from 'zod';

export const presenceStatusSchema = z.enum(['available', 'away', 'offline']);
export type PresenceStatus = z.infer<typeof presenceStatusSchema>;

/** Why an agent is away; `missed_offer` is set by routing when an offer ran out unanswered. */
export const awayReasonSchema = z.enum(['break', 'lunch', 'training', 'meeting', 'after_this_one', 'missed_offer']);
export type AwayReason = z.infer<typeof awayReasonSchema>;

/** What everybody may see of an agent at work. */
export const agentPresenceSchema = z.object({
  personId: z.uuid(),
  status: presenceStatusSchema,
  reason: awayReasonSchema.nullable(),
  since: z.iso.datetime({ offset: true }),
  /** Units in use (offers count) and the most there may be. */
  load: z.int().nonnegative(),
  capacity: z.int().nonnegative(),
  version: z.int().nonnegative(),
});
export type AgentPresence = z.infer<typeof agentPresenceSchema>;
