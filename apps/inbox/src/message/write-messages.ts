import type { Entry } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import { type Actor, type ConversationView, firstName, notFound, UserError } from '@cordboard/rpc';
import { cleanText } from '../clean-text';
import { conversationChanges } from '../conversation/conversation.changes';
import { type Conversation, viewOf } from '../conversation/conversation.row';
import { readMarks } from '../conversation/view';
import { type EntryRow, entryColumns, entryOf } from '../ledger/entry.row';
import { Ledger, lockConversations, readClock } from '../ledger/ledger';

/** An agent's message for the customer, or a note for colleagues. */
export interface WriteCommand {
  kind: 'message' | 'note';
  actor: Actor;
  tenantId: string;
  conversationId: string;
  clientId: string;
  text: string;
  traceparent: string | undefined;
}

export interface Written {
  entry: Entry;
  conversation: ConversationView;
}

export const selectWritten = {
  name: 'inbox-entries-by-client-id',
  text: `select e.*
    from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as w(tenant_id, conversation_id, client_id)
    cross join lateral (
      select ${entryColumns} from entry e
      where e.tenant_id = w.tenant_id and e.conversation_id = w.conversation_id and e.client_id = w.client_id limit 1
    ) e`,
};

const clientKey = (of: { conversationId: string; clientId: string | null }) => `${of.conversationId} ${of.clientId}`;

/**
 * Carries out a group of commands in one transaction and answers each for itself: a refusal is a value here, not an
 * exception, so that one agent's closed conversation does not take a colleague's message with it.
 *
 * The client id is looked up under the conversation's lock: a repetition, even one in the same group or in another
 * process at the same moment, finds the first entry.
 */
export async function writeMessages(tx: Tx, commands: readonly WriteCommand[]): Promise<(Written | UserError)[]> {
  const refs = new Map(commands.map(({ tenantId, conversationId: id }) => [`${tenantId} ${id}`, { tenantId, id }]));
  const tenants = commands.map((command) => command.tenantId);
  const ids = commands.map((command) => command.conversationId);
  const [conversations, rows, marks, at] = await Promise.all([
    lockConversations(tx, [...refs.values()]),
    tx.query<EntryRow>({ ...selectWritten, values: [tenants, ids, commands.map((command) => command.clientId)] }),
    readMarks(
      tx,
      commands.map(({ actor, tenantId, conversationId }) => ({ personId: actor.personId, tenantId, conversationId })),
    ),
    readClock(tx),
  ]);
  const written = new Map(rows.map((row) => [clientKey({ conversationId: row.conversation_id, clientId: row.client_id }), entryOf(row)]));
  const ledger = new Ledger(tx, at);
  const outcomes = commands.map((command) => {
    const conversation = conversations.get(command.conversationId);
    if (conversation?.tenantId !== command.tenantId) return notFound('conversation');
    const readCount = marks.get(`${command.actor.personId} ${conversation.id}`) ?? 0;
    const known = written.get(clientKey(command));
    if (known) return repeated(command, known) ?? { entry: known, conversation: viewOf(conversation, readCount) };
    if (command.kind === 'message' && conversation.state === 'closed') return closed(viewOf(conversation, readCount));
    const entry = write(ledger, conversation, command);
    written.set(clientKey(command), entry);
    return { entry, conversation: viewOf(conversation, readCount) };
  });
  ledger.save();
  return outcomes;
}

function write(ledger: Ledger, conversation: Conversation, { kind, actor, clientId, text, traceparent }: WriteCommand): Entry {
  const author = { author: 'agent', authorId: actor.personId, authorName: actor.name } as const;
  const content = { clientId, text: cleanText(text) };
  if (kind === 'note') return ledger.record(conversation, { kind, ...author, ...content }, traceparent);
  const entry = ledger.record(conversation, { kind, ...author, ...content, status: 'pending' }, traceparent, (recorded) =>
    conversationChanges.agentReplied(conversation, recorded),
  );
  ledger.requestOutbound(conversation, entry, firstName(actor.name), traceparent);
  return entry;
}

function repeated(command: WriteCommand, known: Entry): UserError | undefined {
  if (known.authorId === command.actor.personId && known.kind === command.kind) return undefined;
  return new UserError('CLIENT_ID_REUSED', 'This clientId was used for another entry. Make a new UUID for each action.');
}

const closed = (conversation: ConversationView) =>
  new UserError('CONVERSATION_CLOSED', 'This conversation has been closed meanwhile. Reopen it to write to the customer.', {
    conversation,
  });
