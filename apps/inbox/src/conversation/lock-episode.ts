import type { Tx } from '@cordboard/persistence';
import { notFound } from '@cordboard/rpc';
import { Ledger, lockConversations, readClock } from '../ledger/ledger';
import type { Conversation } from './conversation.row';

const lockContact = {
  text: `select k.id from conversation c join contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
    where c.tenant_id = $1 and c.id = $2 for no key update of k`,
};

/**
 * Locks what decides whether an episode is open: its contact, then the conversation, the order in which a message comes
 * in too. So of a closing and a customer's message one is wholly before the other.
 */
export async function lockEpisode(tx: Tx, tenantId: string, id: string): Promise<{ conversation: Conversation; ledger: Ledger }> {
  const [, conversations, at] = await Promise.all([
    tx.query({ ...lockContact, values: [tenantId, id] }),
    lockConversations(tx, [{ tenantId, id }]),
    readClock(tx),
  ]);
  const conversation = conversations.get(id);
  if (!conversation) throw notFound('conversation');
  return { conversation, ledger: new Ledger(tx, at) };
}
