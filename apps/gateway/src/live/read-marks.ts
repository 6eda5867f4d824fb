import type { ConversationView } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import type { Session } from '../session/session';

const mostConversations = 50_000;

interface Marks {
  /** Whether the gateway has seen the conversation open: then whoever has no mark here has read nothing. */
  complete: boolean;
  byPerson: Map<string, number>;
}

/**
 * How far each person has read, as far as this gateway has seen it: from answers that passed through and from marks
 * it passed on. Events carry no marks, so pushed conversations take theirs from here; what is missing is asked
 * once (conversation-feed.ts). Marks only move forward; one set through another gateway is learnt with the next
 * query, and clients keep the highest mark they know.
 */
@Injectable()
export class ReadMarks {
  private readonly byConversation = new Map<string, Marks>();

  of(personId: string, conversationId: string): number | undefined {
    const marks = this.byConversation.get(conversationId);
    return marks?.byPerson.get(personId) ?? (marks?.complete ? 0 : undefined);
  }

  learn(session: Session | null, conversation: Pick<ConversationView, 'id' | 'readCount'> | null): void {
    if (session && conversation) this.set(session.actor.personId, conversation.id, conversation.readCount);
  }

  set(personId: string, conversationId: string, readCount: number): void {
    const { byPerson } = this.entry(conversationId);
    byPerson.set(personId, Math.max(readCount, byPerson.get(personId) ?? 0));
  }

  /** The conversation has just opened: nobody has read anything yet. */
  opened(conversationId: string): void {
    this.entry(conversationId).complete = true;
  }

  private entry(conversationId: string): Marks {
    const found = this.byConversation.get(conversationId);
    if (found) return found;
    const created: Marks = { complete: false, byPerson: new Map() };
    this.byConversation.set(conversationId, created);
    const oldest = this.byConversation.keys().next();
    if (this.byConversation.size > mostConversations && !oldest.done) this.byConversation.delete(oldest.value);
    return created;
  }
}
