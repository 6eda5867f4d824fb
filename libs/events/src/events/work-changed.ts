import { z } from 'zod';
import { defineEvent } from '../define-event';
import { workStateSchema } from '../shapes/conversation-head';

export const workChanged = defineEvent({
  type: 'work.changed',
  topic: 'work.v1',
  doc: 'Published when a work item moved to another state, agent or queue; older versions are to be ignored.',
  schema: z.object({
    conversationId: z.uuid(),
    tenantId: z.uuid(),
    state: workStateSchema,
    /** Grows by one with each change. */
    version: z.int().positive(),
    queueId: z.uuid(),
    /** Who is offered or has the work; null while queued and when done. */
    agentId: z.uuid().nullable(),
    enqueuedAt: z.iso.datetime({ offset: true }),
    /** Why it moved, for the timeline. */
    cause: z.enum([
      'queued',
      'offered',
      'accepted',
      'declined',
      'expired',
      'withdrawn',
      'taken',
      'transferred',
      'released',
      'closed',
      'reopened',
    ]),
    /** Who caused it: the agent offered, the decliner, the supervisor. */
    personId: z.uuid().nullable(),
    personName: z.string().nullable(),
    /** Wait before accepting or taking; ring before declining or expiring. */
    durationMs: z.int().nonnegative().nullable(),
    detail: z.string().nullable(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
  subject: (data) => data.conversationId,
  key: (data) => `conversation:${data.conversationId}`,
});
