import { z } from 'zod';
import { defineEvent } from '../define-event';
import { personSchema } from '../shapes/person';

export const personChanged = defineEvent({
  type: 'person.changed',
  topic: 'person.v1',
  doc: "Published when a person or a grant of theirs changed; carries the whole person; `tenantid` is the operator's.",
  schema: personSchema.extend({ version: z.int().positive() }),
  subject: (data) => data.id,
  key: (data) => `person:${data.id}`,
});
