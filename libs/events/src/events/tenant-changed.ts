import { z } from 'zod';
import { defineEvent } from '../define-event';
import { tenantSchema } from '../shapes/tenant';

export const tenantChanged = defineEvent({
  type: 'tenant.changed',
  topic: 'tenant.v1',
  doc: 'Published when a tenant is created or changed; carries the whole tenant.',
  schema: tenantSchema.extend({ version: z.int().positive() }),
  subject: (data) => data.id,
  key: (data) => `tenant:${data.id}`,
});
