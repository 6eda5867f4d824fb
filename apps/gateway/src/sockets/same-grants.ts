import type { Actor } from '@cordboard/rpc';

/** Whether two lists allow the same, in whatever order they stand. */
export function sameGrants(one: Actor['grants'], other: Actor['grants']): boolean {
  const text = (grants: Actor['grants']) => [...new Set(grants.map(({ tenantId, role }) => `${tenantId} ${role}`))].sort().join();
  return text(one) === text(other);
}
