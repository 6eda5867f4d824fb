import type { ApolloClient } from '@apollo/client';
import { conversationQuery, conversationsQuery, countsQuery } from '../api/conversations.graphql';
import { conversationHead, presenceFields } from '../api/fragments.graphql';
import { cachedConversation } from '../api/newest-wins';
import type { LiveSocket } from '../api/socket';
import type { Conversation, ConversationFilter, Entry, Offer, OfferEnding, Presence } from '../api/types';
import { agentsQuery, queuesQuery, viewerQuery } from '../api/viewer.graphql';
import { oneAtATime } from '../shared/one-at-a-time';
import { addToLists, allOpenFilter, isMine, isWaiting, mineFilter, waitingFilter } from './lists';
import { conversationEvents, type HeadEvent, offerEvents, presenceEvents, typingEvents } from './live.graphql';
import { Offers } from './offers';
import { keepSubscribed } from './subscriptions';
import { Threads } from './threads';
import { customerWrote, noteTyping } from './typing';

/**
 * The live side of a signed-in window: one set of subscriptions, and a resync after each (re)connection.
 *
 * Subscribe, buffer, query, merge: subscriptions are sent first; a ping that comes back tells that the server has read them;
 * then lists, offers and the open thread are asked for, and events that came meanwhile are applied once more on top. All
 * merging is by rev, so repeating or reordering changes nothing. Which rows a list shows is decided from each conversation's
 * own state, therefore a conversation that left a list while we were away is asked for by itself.
 */
export type NewMessage = { conversation: Omit<Conversation, 'readCount'>; entry: Entry };

export class LiveSession {
  readonly threads: Threads;
  readonly offers: Offers;
  private readonly stops: (() => void)[] = [];
  private isStopped = false;
  private stopAll: (() => void) | null = null;
  private stopTyping: (() => void) | null = null;
  private buffer: HeadEvent[] | null = null;
  private buffered: { offer: Offer; ending: OfferEnding | null }[] = [];
  private open: { tenantId: string; id: string } | null = null;
  private countsTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly wroteListeners = new Set<(message: NewMessage) => void>();

  constructor(
    private readonly client: ApolloClient,
    private readonly socket: LiveSocket,
    private readonly viewerId: string,
    private readonly signedOut: () => void,
  ) {
    this.threads = new Threads(client);
    this.offers = new Offers(client, viewerId);
  }

  start(): void {
    const { client } = this;
    this.stops.push(
      this.socket.on('connected', () => void this.resync(true)),
      this.socket.on('closed', () => void this.checkSession()),
      keepSubscribed(client, conversationEvents, { scope: 'MINE' }, (data) => this.receive(data.conversationEvents), this.resyncSoon),
      keepSubscribed(client, conversationEvents, { scope: 'WAITING' }, (data) => this.receive(data.conversationEvents), this.resyncSoon),
      keepSubscribed(client, offerEvents, {}, ({ offerEvents: { offer, ending } }) => this.receiveOffer(offer, ending), this.resyncSoon),
      keepSubscribed(client, presenceEvents, {}, (data) => this.receivePresence(data.presenceEvents), this.resyncSoon),
    );
    this.watchTyping();
    const safetyNet = setInterval(() => document.visibilityState === 'visible' && void this.resync(false), 60_000 + Math.random() * 15_000);
    const seen = () => document.visibilityState === 'visible' && void this.resync(false);
    document.addEventListener('visibilitychange', seen);
    this.stops.push(
      () => clearInterval(safetyNet),
      () => document.removeEventListener('visibilitychange', seen),
    );
  }

  stop(): void {
    this.isStopped = true;
    for (const stop of this.stops.splice(0)) stop();
    this.stopAll?.();
    this.stopTyping?.();
    clearTimeout(this.countsTimer);
    clearTimeout(this.soonTimer);
    this.stopAll = null;
    this.stopTyping = null;
  }

  /** Calls back for each message a customer writes in a conversation of mine. */
  onCustomerWrote(listener: (message: NewMessage) => void): () => void {
    this.wroteListeners.add(listener);
    return () => this.wroteListeners.delete(listener);
  }

  private readonly needs = new Set<string>();

  /** Events of everybody's conversations, only while a list or a conversation that needs them is on screen. */
  need(part: string, needed: boolean): void {
    if (needed) this.needs.add(part);
    else this.needs.delete(part);
    const wanted = this.needs.size > 0;
    if (wanted === (this.stopAll !== null)) return;
    this.stopAll?.();
    this.stopAll = wanted
      ? keepSubscribed(this.client, conversationEvents, { scope: 'ALL' }, (data) => this.receive(data.conversationEvents), this.resyncSoon)
      : null;
    if (wanted) void this.resync(false);
  }

  /** The conversation on screen: its thread is kept complete through reconnections. */
  show(conversation: { tenantId: string; id: string } | null): void {
    const changed = this.open?.id !== conversation?.id;
    this.open = conversation;
    if (conversation) void this.threads.refresh(conversation.tenantId, conversation.id);
    if (changed) this.watchTyping();
  }

  private watchTyping(): void {
    this.stopTyping?.();
    const cached = this.open && cachedConversation(this.client.cache, this.open.id);
    const named = this.open && !(cached && isMine(cached, this.viewerId)) ? this.open.id : null;
    this.stopTyping = keepSubscribed(
      this.client,
      typingEvents,
      { conversationId: named },
      (data) => noteTyping(data.typingEvents),
      () => undefined,
    );
  }

  private receive(event: HeadEvent): void {
    this.buffer?.push(event);
    this.apply(event);
    const { entry, conversation } = event;
    if (entry?.kind !== 'MESSAGE' || entry.author !== 'CUSTOMER') return;
    customerWrote(conversation.id);
    if (isMine(conversation, this.viewerId)) for (const listener of this.wroteListeners) listener({ conversation, entry });
  }

  private apply({ conversation, entry }: HeadEvent): void {
    const { cache } = this.client;
    cache.batch({
      update: () => {
        const known = cachedConversation(cache, conversation.id);
        if (!known || known.rev <= conversation.rev) {
          cache.writeFragment({
            id: `Conversation:${conversation.id}`,
            fragment: conversationHead,
            fragmentName: 'ConversationHead',
            data: conversation as Conversation,
          });
          addToLists(cache, conversation, this.viewerId);
          if (known?.state !== conversation.state || known?.workState !== conversation.workState) this.countSoon();
        }
        this.threads.receive(conversation.tenantId, conversation.id, entry, conversation.rev);
      },
    });
  }

  private receiveOffer(offer: Offer, ending: OfferEnding | null): void {
    if (this.buffer) this.buffered.push({ offer, ending });
    this.offers.receive(offer, ending);
    if (!ending) void this.threads.refresh(offer.tenantId, offer.conversationId);
  }

  private receivePresence(presence: Presence): void {
    this.client.cache.writeFragment({ id: `Presence:${presence.personId}`, fragment: presenceFields, data: presence });
  }

  /** What an answer of a command brought; the same door as events. */
  accept(conversation: Conversation, entry: Entry | null): void {
    this.apply({ conversation, entry, left: false });
  }

  private countSoon(): void {
    if (this.countsTimer) return;
    this.countsTimer = setTimeout(
      () => {
        this.countsTimer = undefined;
        this.ask(countsQuery, {});
      },
      1_000 + Math.random() * 2_000,
    );
  }

  private ask<V extends Record<string, unknown>>(query: Parameters<ApolloClient['query']>[0]['query'], variables: V): Promise<boolean> {
    return this.client.query({ query, variables, fetchPolicy: 'network-only' }).then(
      () => true,
      () => false,
    );
  }

  private isAgain = false;
  private readonly resyncNow = oneAtATime(() => this.run());

  /** Everything on screen made true again; `again`, after a connection, asks for queues too and whether the session goes on. */
  resync(again: boolean): Promise<void> {
    this.isAgain ||= again;
    return this.resyncNow();
  }

  private async run(): Promise<void> {
    const again = this.isAgain;
    this.isAgain = false;
    this.buffer = [];
    this.buffered = [];
    if ((await this.socket.inPlace()) === 'late') this.resyncSoon();
    const { open } = this;
    await Promise.all([
      this.reconcile(mineFilter, (conversation) => isMine(conversation, this.viewerId)),
      this.reconcile(waitingFilter, isWaiting),
      this.stopAll ? this.ask(conversationsQuery, { filter: allOpenFilter }) : null,
      this.offers.resync(),
      open ? this.threads.refresh(open.tenantId, open.id) : null,
      this.ask(countsQuery, {}),
      this.ask(agentsQuery, {}),
      again ? this.ask(queuesQuery, {}) : null,
      again ? this.checkSession() : null,
    ]);
    const [events, offers] = [this.buffer, this.buffered];
    this.buffer = null;
    this.buffered = [];
    for (const event of events) this.apply(event);
    for (const { offer, ending } of offers) this.offers.receive(offer, ending);
  }

  private async reconcile(filter: ConversationFilter, belongs: (conversation: Conversation) => boolean): Promise<void> {
    const { client } = this;
    const cached = client.cache.readQuery({ query: conversationsQuery, variables: { filter } })?.conversations.edges ?? [];
    const found = new Set<string>();
    let after: string | null = null;
    try {
      do {
        const { data }: { data?: { conversations: import('../api/types').ConversationConnection } } = await client.query({
          query: conversationsQuery,
          variables: { filter, first: 100, after },
          fetchPolicy: 'network-only',
        });
        for (const edge of data?.conversations.edges ?? []) found.add(edge.node.id);
        after = data?.conversations.pageInfo.hasNextPage ? data.conversations.pageInfo.endCursor : null;
      } while (after);
    } catch {
      return;
    }
    const left = cached.map((edge) => edge.node).filter((node) => belongs(node) && !found.has(node.id));
    await Promise.all(left.slice(0, 100).map((node) => this.ask(conversationQuery, { tenantId: node.tenantId, id: node.id })));
  }

  private soonTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly resyncSoon = (): void => {
    clearTimeout(this.soonTimer);
    if (this.isStopped) return;
    this.soonTimer = setTimeout(() => void this.resync(false), 500);
  };

  private checkedAt = 0;
  private async checkSession(): Promise<void> {
    if (Date.now() - this.checkedAt < 3_000) return;
    this.checkedAt = Date.now();
    try {
      const { data } = await this.client.query({ query: viewerQuery, fetchPolicy: 'network-only' });
      if (data && data.viewer === null) this.signedOut();
    } catch {
      // Not reachable: the rail says so already, and the next connection checks again.
    }
  }
}
