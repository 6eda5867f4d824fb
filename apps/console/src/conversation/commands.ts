import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, type Outcome, perform } from '../api/perform';
import type { Conversation, ConversationPayload, Refusal } from '../api/types';
import { newClientId } from '../shared/client-id';
import { customerName } from '../shared/names';
import { refusalWords } from '../shared/refusal-words';
import { type Session, useSession } from '../shared/session';
import { showToast } from '../shared/toasts';
import { closeConversation, reopenConversation, takeConversation, transferConversation } from './conversation.graphql';

const undoWithinMs = 5_000;

/** What can be done with a conversation; a refusal is told in words, with Retry where that may help. */
export const useCommands = () => {
  const session = useSession();
  const { t } = useTranslation();
  return useMemo(() => makeCommands(session, t), [session, t]);
};
type Translate = ReturnType<typeof useTranslation>['t'];

/** Commands on their way, by what they do to which conversation: a second press does not send them twice. */
const underway = new Set<string>();

const once = async (what: string, { id }: Conversation, run: () => Promise<unknown>): Promise<void> => {
  const key = `${what} ${id}`;
  if (underway.has(key)) return;
  underway.add(key);
  await run().finally(() => underway.delete(key));
};

const makeCommands = ({ client, live, viewer }: Session, t: Translate) => {
  const run = async <I>(
    command: Command<ConversationPayload, I>,
    input: I,
    shown: Conversation | null,
    retry: () => void,
  ): Promise<Outcome<ConversationPayload>> => {
    const optimistic: { optimistic?: ConversationPayload } = shown
      ? { optimistic: { __typename: 'ConversationPayload', conversation: shown } }
      : {};
    const outcome = await perform(client, command, input, optimistic);
    if (outcome.kind === 'done') live.accept(outcome.payload.conversation, null);
    if (outcome.kind === 'refused') {
      showToast(refusalWords(outcome.refusal, t), { tone: 'bad' });
      if (outcome.refusal.conversation) live.accept(outcome.refusal.conversation, null);
      else void live.resync(false);
    }
    if (outcome.kind === 'failed') showToast(t('common.unreachable'), { tone: 'bad', action: { label: t('common.retry'), run: retry } });
    return outcome;
  };

  const reopen = (conversation: Conversation, clientId = newClientId()): Promise<void> => {
    const { tenantId, id: conversationId } = conversation;
    const again = () => void reopen(conversation, clientId);
    return once('reopen', conversation, () => run(reopenConversation, { clientId, tenantId, conversationId }, null, again));
  };

  const take = (conversation: Conversation, clientId = newClientId()): Promise<void> => {
    const { tenantId, id: conversationId, workVersion } = conversation;
    const again = () => void take(conversation, clientId);
    const shown: Conversation = { ...conversation, workState: 'ACTIVE', assigneeId: viewer.id };
    const input = { clientId, tenantId, conversationId, expectedWorkVersion: workVersion };
    return once('take', conversation, () => run(takeConversation, input, shown, again));
  };

  const transfer = async (conversation: Conversation, to: { id: string; name: string } | null, clientId = newClientId()): Promise<void> => {
    const { tenantId, id: conversationId, workVersion } = conversation;
    const input = { clientId, tenantId, conversationId, expectedWorkVersion: workVersion, toAgentId: to?.id ?? null };
    const outcome = await run(transferConversation, input, null, () => void transfer(conversation, to, clientId));
    if (outcome.kind !== 'done') return;
    showToast(to ? t('transfer.done', { name: to.name }) : t('transfer.requeued'));
  };

  /** Null when closed; else why not, for the dialog to show. */
  const close = async (
    conversation: Conversation,
    input: { clientId: string; expectedRev: number; reasonId: string; outcomeId: string },
  ): Promise<Refusal | 'failed' | null> => {
    const { tenantId, id: conversationId } = conversation;
    const outcome = await perform(client, closeConversation, { ...input, tenantId, conversationId });
    if (outcome.kind === 'failed') return 'failed';
    if (outcome.kind === 'refused') {
      if (outcome.refusal.conversation) live.accept(outcome.refusal.conversation, null);
      return outcome.refusal;
    }
    live.accept(outcome.payload.conversation, null);
    showToast(t('close.done', { name: customerName(conversation, t) }), {
      forMs: undoWithinMs,
      action: { label: t('common.undo'), run: () => void reopen(conversation) },
    });
    return null;
  };
  return { reopen, take, transfer, close };
};
