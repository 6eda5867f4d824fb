import { once, type Tx } from '@cordboard/persistence';
import { type Actor, type ConversationView, UserError } from '@cordboard/rpc';
import { conversationChanges } from './conversation.changes';
import { type Conversation, type ConversationRow, conversationColumns, conversationOf } from './conversation.row';
import { lockEpisode } from './lock-episode';
import { viewFor } from './view';

export interface ReopenCommand {
  tenantId: string;
  conversationId: string;
  clientId: string;
}

const otherOpen = {
  text: `select ${conversationColumns} from conversation c join contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
    where c.tenant_id = $1 and c.contact_id = $2 and c.state = 'open' and c.id <> $3`,
};

/** Takes a closing back. What is open already stays so: two people may undo at the same time. */
export function reopenConversation(tx: Tx, actor: Actor, command: ReopenCommand, traceparent?: string): Promise<ConversationView> {
  const { tenantId, conversationId, clientId } = command;
  return once(tx, { tenantId, personId: actor.personId, clientId, name: 'inbox.reopenConversation' }, async () => {
    const { conversation, ledger } = await lockEpisode(tx, tenantId, conversationId);
    if (conversation.state === 'open') return viewFor(tx, conversation, actor.personId);
    await refuseWhenAnotherIsOpen(tx, conversation, actor);
    const system = { code: 'reopened', personId: actor.personId, personName: actor.name, durationMs: null, detail: null } as const;
    ledger.record(conversation, { kind: 'system', author: 'system', system }, traceparent, (entry) => {
      conversationChanges.reopened(conversation);
      conversation.stateRev = entry.rev;
    });
    ledger.announceReopened(conversation, traceparent);
    ledger.save();
    return viewFor(tx, conversation, actor.personId);
  });
}

async function refuseWhenAnotherIsOpen(tx: Tx, { tenantId, contactId, id }: Conversation, actor: Actor): Promise<void> {
  const row = await tx.first<ConversationRow>({ ...otherOpen, values: [tenantId, contactId, id] });
  if (!row) return;
  const conversation = await viewFor(tx, conversationOf(row), actor.personId);
  throw new UserError('CONVERSATION_MOVED_ON', 'The customer has begun a newer conversation. Go on in that one.', { conversation });
}
