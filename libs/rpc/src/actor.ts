import { roleSchema } from '@cordboard/events';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type Permission, rolePermissions } from './permissions';

/** On whose behalf a call is made. Signed by the gateway for a minute, checked by every service again. */
export const actorSchema = z.object({
  personId: z.uuid(),
  name: z.string(),
  operatorId: z.uuid(),
  sessionId: z.uuid(),
  grants: z.array(z.object({ tenantId: z.uuid(), role: roleSchema })),
});
export type Actor = z.infer<typeof actorSchema>;

const issuer = 'cordboard-gateway';

export async function signActor(actor: Actor, key: Uint8Array, lifetimeS = 60): Promise<string> {
  return new SignJWT({ actor })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeS}s`)
    .sign(key);
}

/** Tokens found good, by key, with when they expire: the gateway uses one for many calls, and checking it is what a call costs most. */
const verified = new WeakMap<Uint8Array, Map<string, { actor: Actor; expiresAtMs: number }>>();
const mostVerified = 1000;

/** Throws when the token was not signed with the key, has expired or has another shape. */
export async function verifyActor(token: string, key: Uint8Array): Promise<Actor> {
  const known = verified.get(key)?.get(token);
  if (known && known.expiresAtMs > Date.now()) return known.actor;
  const { payload } = await jwtVerify(token, key, { issuer, algorithms: ['HS256'], requiredClaims: ['exp'] });
  const actor = actorSchema.parse(payload.actor);
  const tokens = verified.get(key) ?? new Map<string, { actor: Actor; expiresAtMs: number }>();
  if (tokens.size >= mostVerified) tokens.clear();
  verified.set(key, tokens.set(token, { actor, expiresAtMs: (payload.exp ?? 0) * 1000 }));
  return actor;
}

export function can(actor: Actor, permission: Permission, tenantId: string): boolean {
  return actor.grants.some((grant) => grant.tenantId === tenantId && rolePermissions[grant.role].includes(permission));
}

/** Tenants in which the actor has the permission. */
export function tenantsWith(actor: Actor, permission: Permission): string[] {
  const found = actor.grants.filter((grant) => rolePermissions[grant.role].includes(permission)).map((grant) => grant.tenantId);
  return [...new Set(found)];
}

/** The word customers may know somebody by. */
export function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
