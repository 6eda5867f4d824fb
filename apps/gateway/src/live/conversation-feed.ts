import { type ConversationHead, conversationOpened, type Entry, type Envelope } from '@cordboard/events';
import { inboxCalls } from '@cordboard/rpc';
import { LOG } from '@cordboard/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { Logger } from 'pino';
import { Services } from '../session/services';
import type { Session } from '../session/session';
import { Heads } from './heads';
import { type LiveEvent, LiveHub } from './live-hub';
import { ReadMarks } from './read-marks';
import { scopeChanges } from './scope-changes';

const patienceMs = 300;

interface Ref {
  tenantId: string;
  conversationId: string;
}

/**
 * Turns what happens in conversations into pushes. Nearly always that is synchronous. Only when somebody in the
 * audience asks for readCount and this gateway does not know their mark yet, the inbox is asked (one batch per
 * person and burst, at most 300 ms); until it answers, later events of the same conversation queue behind, others do
 * not wait.
 */
@Injectable()
export class ConversationFeed {
  private readonly waiting = new Map<string, Promise<void>>();
  private readonly loaders = new WeakMap<Session, DataLoader<Ref, number>>();

  constructor(
    private readonly hub: LiveHub,
    private readonly heads: Heads,
    private readonly marks: ReadMarks,
    private readonly services: Services,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  handle(event: Envelope<{ conversation: ConversationHead; entry?: Entry }>): void {
    const { conversation } = event.data;
    const opened = event.type === conversationOpened.type;
    if (opened) this.marks.opened(conversation.id);
    const before = this.heads.put(conversation) ?? (opened ? null : undefined);
    const mine = () => this.hub.channels('conversationEvents').filter((channel) => channel.startsWith('mine:'));
    const events = scopeChanges(conversation, before, mine).map(({ channel, left }) => this.liveEvent(event, channel, left));
    const ready = this.askMarks(conversation, events);
    const earlier = this.waiting.get(conversation.id);
    if (ready || earlier) this.publishLater(conversation.id, Promise.all([earlier, ready]), events);
    else for (const live of events) this.hub.publish(live);
  }

  private liveEvent(event: Envelope<{ conversation: ConversationHead; entry?: Entry }>, channel: string, left: boolean): LiveEvent {
    const { conversation, entry = null } = event.data;
    return {
      field: 'conversationEvents',
      channels: [channel],
      tenantIds: [conversation.tenantId],
      traceparent: event.traceparent,
      payload: (readCount) => ({ conversation: { ...conversation, readCount }, entry, left }),
      readCountOf: (personId) => Math.min(this.marks.of(personId, conversation.id) ?? 0, conversation.inboundCount),
    };
  }

  private publishLater(conversationId: string, ready: Promise<unknown>, events: LiveEvent[]): void {
    const published = ready
      .then(() => {
        for (const live of events) this.hub.publish(live);
      })
      .catch((error: unknown) => this.log.error({ err: error, conversationId }, 'An event could not be pushed'))
      .finally(() => this.waiting.get(conversationId) === published && this.waiting.delete(conversationId));
    this.waiting.set(conversationId, published);
  }

  /** Undefined when every mark that the audience needs is known. */
  private askMarks(conversation: ConversationHead, events: LiveEvent[]): Promise<unknown> | undefined {
    const sessions = new Map<string, Session>();
    for (const [group, members] of events.flatMap((event) => this.hub.audience(event))) {
      if (!group.wantsReadCount) continue;
      for (const { subscriber } of members) {
        const { personId } = subscriber.session.actor;
        if (this.marks.of(personId, conversation.id) === undefined) sessions.set(personId, subscriber.session);
      }
    }
    if (sessions.size === 0) return undefined;
    return Promise.all([...sessions.values()].map((session) => this.askMark(session, conversation)));
  }

  private async askMark(session: Session, { tenantId, id }: ConversationHead): Promise<void> {
    const asked = this.loaderOf(session)
      .load({ tenantId, conversationId: id })
      .then((readCount) => this.marks.set(session.actor.personId, id, readCount))
      .catch((error: unknown) => this.log.warn({ err: error, conversationId: id }, 'The inbox did not say how far somebody has read'));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([asked, patience]);
    clearTimeout(timer);
  }

  private loaderOf(session: Session): DataLoader<Ref, number> {
    const found = this.loaders.get(session);
    if (found) return found;
    const load = async (refs: readonly Ref[]) => {
      const conversations = await this.services.ask({ session }, inboxCalls.getConversations, { ids: [...refs] });
      return refs.map((_, index) => conversations[index]?.readCount ?? 0);
    };
    const loader = new DataLoader<Ref, number>(load, { cache: false, maxBatchSize: 200 });
    this.loaders.set(session, loader);
    return loader;
  }
}
