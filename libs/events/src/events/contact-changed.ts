import { z } from 'zod';
import { defineEvent } from '../define-event';

export const contactChanged = defineEvent({
  type: 'contact.changed',
  topic: 'contact.v1',
  doc: 'Published when a contact is created or changed; carries the whole contact.',
  schema: z.object({
    id: z.uuid(),
    tenantId: z.uuid(),
    name: z.string().nullable(),
    language: z.string().nullable(),
    identities: z.array(z.object({ channel: z.string(), value: z.string() })),
    createdAt: z.iso.datetime({ offset: true }),
    version: z.int().positive(),
  }),
  subject: (data) => data.id,
  key: (data) => `contact:${data.id}`,
});
