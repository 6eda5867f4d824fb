import type { Role } from '@cordboard/events';

/** Everything a resolver or a call can demand; a role is a set of them. */
export const permissions = {
  conversationRead: 'conversation:read',
  conversationReply: 'conversation:reply',
  conversationClose: 'conversation:close',
  conversationReadAll: 'conversation:read-all',
  workAccept: 'work:accept',
  workTake: 'work:take',
  workTransfer: 'work:transfer',
  /** Take or transfer work that a colleague has. */
  workReassign: 'work:reassign',
  presenceSet: 'presence:set',
  agentRead: 'agent:read',
  tenantManage: 'tenant:manage',
} as const;
export type Permission = (typeof permissions)[keyof typeof permissions];

const agent: Permission[] = [
  permissions.conversationRead,
  permissions.conversationReadAll,
  permissions.conversationReply,
  permissions.conversationClose,
  permissions.workAccept,
  permissions.workTake,
  permissions.workTransfer,
  permissions.presenceSet,
  permissions.agentRead,
];

/** What each role may do in the tenants it is granted for. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  agent,
  supervisor: [...agent, permissions.workReassign],
  tenant_admin: [permissions.conversationRead, permissions.conversationReadAll, permissions.agentRead, permissions.tenantManage],
};
