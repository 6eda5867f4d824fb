import { type Actor, can, notAllowed, notFound, type Permission, permissions } from '@cordboard/rpc';

/**
 * Refuses what the actor may not do with one tenant's conversation. Who may not even read there is told that nothing
 * is there: whether the tenant or the conversation exists is none of their business.
 */
export function demand(actor: Actor, permission: Permission, tenantId: string, what: string): void {
  if (!can(actor, permissions.conversationRead, tenantId)) throw notFound('conversation');
  if (!can(actor, permission, tenantId)) throw notAllowed(what);
}
