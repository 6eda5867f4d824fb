import { z } from 'zod';
import { defineEvent } from '../define-event';
import { localizedTextSchema } from '../shapes/localized-text';

export const queueChanged = defineEvent({
  type: 'queue.changed',
  topic: 'queue.v1',
  doc: 'Published when a queue is created or changed; carries the whole queue.',
  schema: z.object({
    id: z.uuid(),
    tenantId: z.uuid(),
    name: localizedTextSchema,
    /** A wait from `nearMs` on is near its target, from `targetMs` on the target is missed. */
    targetMs: z.int().positive(),
    nearMs: z.int().positive(),
    version: z.int().positive(),
  }),
  subject: (data) => data.id,
  key: (data) => `queue:${data.id}`,
});
