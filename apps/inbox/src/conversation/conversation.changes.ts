import type { DataOf, Entry, workChanged } from '@cordboard/events';
import { oneLine } from '../clean-text';
import type { Conversation } from './conversation.row';

/**
 * How an entry or a fact changes the conversation it belongs to. Functions here change the given object and nothing
 * else; `Ledger` counts `rev` and `lastSeq`.
 */
export const conversationChanges = {
  /** The last line is the one that stands last on screen: a message that happened earlier and came late does not replace it. */
  customerWrote(conversation: Conversation, entry: Entry, page: Conversation['page']): void {
    conversation.inboundCount += 1;
    conversation.inboundRev = entry.rev;
    conversation.unansweredSince ??= entry.occurredAt;
    if (page) conversation.page = page;
    if (Date.parse(entry.occurredAt) >= Date.parse(conversation.lastAt)) setLastLine(conversation, entry);
  },

  agentReplied(conversation: Conversation, entry: Entry): void {
    conversation.unansweredSince = null;
    setLastLine(conversation, entry);
  },

  closed(conversation: Conversation, disposition: { reasonId: string; outcomeId: string }, at: string): void {
    conversation.state = 'closed';
    conversation.closedAt = at;
    conversation.reasonId = disposition.reasonId;
    conversation.outcomeId = disposition.outcomeId;
  },

  reopened(conversation: Conversation): void {
    conversation.state = 'open';
    conversation.closedAt = null;
    conversation.reasonId = null;
    conversation.outcomeId = null;
  },

  /** Copies routing's work item unless the copy is as new. Who had the work last stays known when it is done. */
  workMoved(conversation: Conversation, work: DataOf<typeof workChanged>): boolean {
    if (work.version <= conversation.workVersion) return false;
    conversation.workState = work.state;
    conversation.workVersion = work.version;
    conversation.queueId = work.queueId;
    if (work.state !== 'done') conversation.assigneeId = work.agentId;
    return true;
  },
};

function setLastLine(conversation: Conversation, entry: Entry): void {
  conversation.lastLine = oneLine(entry.text);
  conversation.lastAuthor = entry.author;
  conversation.lastAt = entry.occurredAt;
}
