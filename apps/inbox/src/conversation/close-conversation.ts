import { once, type Tx } from '@cordboard/persistence';
import { type Actor, type ConversationView, UserError } from '@cordboard/rpc';
import { contactSql } from '../contact/contact.store';
import { conversationChanges } from './conversation.changes';
import type { Conversation } from './conversation.row';
import { lockEpisode } from './lock-episode';
import { viewFor } from './view';

export interface CloseCommand {
  tenantId: string;
  conversationId: string;
  clientId: string;
  /** What the agent's screen showed. */
  expectedRev: number;
  reasonId: string;
  outcomeId: string;
}

/** Closes a conversation with a reason and an outcome of its tenant's lists. */
export function closeConversation(tx: Tx, actor: Actor, command: CloseCommand, traceparent?: string): Promise<ConversationView> {
  const { tenantId, conversationId, clientId } = command;
  return once(tx, { tenantId, personId: actor.personId, clientId, name: 'inbox.closeConversation' }, async () => {
    await demandDisposition(tx, command);
    const { conversation, ledger } = await lockEpisode(tx, tenantId, conversationId);
    if (movedOn(conversation, command.expectedRev)) throw await conflict(tx, conversation, actor);
    const system = { code: 'closed', personId: actor.personId, personName: actor.name, durationMs: null, detail: null } as const;
    ledger.record(conversation, { kind: 'system', author: 'system', system }, traceparent, (entry) => {
      conversationChanges.closed(conversation, command, entry.recordedAt);
      conversation.stateRev = entry.rev;
    });
    ledger.announceClosed(conversation, traceparent);
    ledger.save();
    tx.send({ ...contactSql.setLastClosed, values: [tenantId, conversation.contactId, conversation.id] });
    return viewFor(tx, conversation, actor.personId);
  });
}

/** A tick or a colleague's note is no reason to stop a closing; what the customer wrote unseen, or another closing, is. */
function movedOn({ state, inboundRev, stateRev }: Conversation, expectedRev: number): boolean {
  return state === 'closed' || inboundRev > expectedRev || stateRev > expectedRev;
}

async function conflict(tx: Tx, conversation: Conversation, actor: Actor): Promise<UserError> {
  const message =
    conversation.state === 'closed'
      ? 'Somebody else has closed this conversation.'
      : 'The customer has written meanwhile. Read the new message, then close again.';
  return new UserError('CONVERSATION_MOVED_ON', message, { conversation: await viewFor(tx, conversation, actor.personId) });
}

async function demandDisposition(tx: Tx, { tenantId, reasonId, outcomeId }: CloseCommand): Promise<void> {
  const found = await tx.first<{ reason: boolean; outcome: boolean }>({
    text: `select exists (select from reason where tenant_id = $1 and id = $2 and archived_at is null) as reason,
      exists (select from outcome where tenant_id = $1 and id = $3 and archived_at is null) as outcome`,
    values: [tenantId, reasonId, outcomeId],
  });
  if (!found?.reason) throw new UserError('UNKNOWN_REASON', 'This reason is not in the list of this client. Choose another.');
  if (!found.outcome) throw new UserError('UNKNOWN_OUTCOME', 'This outcome is not in the list of this client. Choose another.');
}
