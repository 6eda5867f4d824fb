import type { ApolloClient } from '@apollo/client';
import { type Command, mayRepeat, perform, saysSignedOut } from '../api/perform';
import type { Conversation, Entry, EntryPayload } from '../api/types';
import { Outbox, type Outgoing, type SendResult } from './outbox';
import { addNote, type EntryInput, sendMessage } from './outbox.graphql';
import { outboxStorage } from './outbox-storage';

/** The outbox of a signed-in person: sends by GraphQL, and puts the confirmed entry into the cache before the pending one goes. */
export const openOutbox = (
  client: ApolloClient,
  personId: string,
  confirmed: (conversation: Conversation, entry: Entry) => void,
): Outbox => {
  const send = async (item: Outgoing): Promise<SendResult> => {
    const { clientId, tenantId, conversationId, text } = item;
    const command: Command<EntryPayload, EntryInput> = item.kind === 'NOTE' ? addNote : sendMessage;
    const outcome = await perform(client, command, { clientId, tenantId, conversationId, text }, { attempts: 1 });
    if (outcome.kind === 'done') {
      confirmed(outcome.payload.conversation, outcome.payload.entry);
      return { kind: 'confirmed' };
    }
    if (outcome.kind === 'refused') return { kind: 'refused', refusal: { code: outcome.refusal.code, message: outcome.refusal.message } };
    if (mayRepeat(outcome.error) || saysSignedOut(outcome.error)) return { kind: 'later' };
    return { kind: 'refused', refusal: { code: 'NOT_ACCEPTED', message: String(outcome.error) } };
  };
  return new Outbox(outboxStorage(personId), send);
};
