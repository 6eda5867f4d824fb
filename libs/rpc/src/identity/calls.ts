import { localizedTextSchema, personSchema, tenantSchema } from '@cordboard/events';
import { z } from 'zod';
import { actorSchema } from '../actor';
import { defineCall } from '../define-call';

/** Made before anybody is known: the actor of these calls is nobody. */
export const signIn = defineCall({
  name: 'identity.signIn',
  deadlineMs: 10_000,
  input: z.object({ email: z.string().max(320), password: z.string().max(1024), address: z.string(), userAgent: z.string().max(500) }),
  output: z.object({ token: z.string(), expiresAt: z.iso.datetime({ offset: true }), actor: actorSchema, language: z.string() }),
});

/** Null when the token is unknown, expired or revoked. */
export const resolveSession = defineCall({
  name: 'identity.resolveSession',
  /** `touch` counts as use: an open socket alone does not keep an idle session alive. */
  input: z.object({ token: z.string().max(200), touch: z.boolean() }),
  output: z.object({ actor: actorSchema, email: z.string(), language: z.string(), expiresAt: z.iso.datetime({ offset: true }) }).nullable(),
});

export const signOut = defineCall({
  name: 'identity.signOut',
  input: z.object({ everywhere: z.boolean() }),
  output: z.object({ sessionIds: z.array(z.uuid()) }),
});

/** Tenants of the actor. */
export const getTenants = defineCall({
  name: 'identity.getTenants',
  input: z.object({}),
  output: z.array(tenantSchema),
});

/** People of the operator who share a tenant with the actor. */
export const getPeople = defineCall({
  name: 'identity.getPeople',
  input: z.object({}),
  output: z.array(personSchema),
});

export const namedOptionSchema = z.object({ id: z.uuid(), tenantId: z.uuid(), name: localizedTextSchema, position: z.int() });
export type NamedOption = z.infer<typeof namedOptionSchema>;
