import { z } from 'zod';

export const roleSchema = z.enum(['agent', 'supervisor', 'tenant_admin']);
export type Role = z.infer<typeof roleSchema>;

/** Somebody who signs in, with what they may serve. */
export const personSchema = z.object({
  id: z.uuid(),
  operatorId: z.uuid(),
  email: z.email(),
  /** Full name, as colleagues see it; customers see the first word. */
  name: z.string().min(1).max(120),
  language: z.string(),
  /** Role by tenant; a grant on the operator is repeated for each of its tenants. */
  grants: z.array(z.object({ tenantId: z.uuid(), role: roleSchema })),
  /** Chats at a time. */
  chatCapacity: z.int().min(0).max(20),
  archivedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type PersonShape = z.infer<typeof personSchema>;
