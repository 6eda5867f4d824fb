import { recall, remember, rememberedKeys } from '../shared/storage';
import type { OutboxStorage, Outgoing } from './outbox';

const isOutgoing = (value: unknown): value is Outgoing => {
  if (typeof value !== 'object' || value === null) return false;
  const item = value as Partial<Outgoing>;
  return [item.clientId, item.tenantId, item.conversationId, item.text, item.kind].every((field) => typeof field === 'string');
};

/** One storage key per message, by person: two tabs never overwrite each other's list. */
export const outboxStorage = (personId: string): OutboxStorage => {
  const under = `outbox.${personId}.`;
  return {
    load: () => rememberedKeys(under).flatMap((key) => recall(key, isOutgoing) ?? []),
    save: (item) => void remember(under + item.clientId, item),
    remove: (clientId) => void remember(under + clientId, null),
  };
};
