import {
  type AgentTypingFrame,
  type ClientFrame,
  limits,
  type PageContext,
  PROTOCOL_VERSION,
  type RefusedFrame,
  type ServerFrame,
  type ThreadMessage,
  type WelcomeFrame,
} from '@cordboard/webchat-protocol';
import { Connection, type Phase } from '../connection/connection';
import type { OpenTransport } from '../connection/transport';
import type { Keep } from './keep';
import { Outbox } from './outbox';
import type { OutboxItem } from './outbox-item';
import { initialState, type SessionState } from './session-state';
import { type TabNews, Tabs } from './tabs';
import { countUnread, lastWithoutGap, mergeMessages, newestFromAgent } from './thread';
import { TypingSignal } from './typing';

export interface SessionOptions {
  tenant: string;
  /** Origin of the embedding page, from the handshake. */
  origin: string;
  language: string;
  keep: Keep;
  transports: { socket: OpenTransport; poll: OpenTransport };
}

/** How long the first tab of a newcomer keeps others from making a second visitor. */
const newcomerWaitMs = 5_000;
/** Outbox items of a tab that vanished without a word are taken over after this time. */
const orphanMs = 30_000;

/**
 * The visitor's side of the thread, longer than most files because it is the one place where connection, storage,
 * other tabs and screen meet. The thread's truth is the server's, by `n`: what is held is a window without gaps; a
 * number that was skipped is asked for, a message seen twice is one, and what the visitor wrote is in the outbox
 * until the acknowledgement moves it into the thread. Marks are sent for agents' messages: delivered when they
 * arrive, read when the panel is open in a visible tab.
 */
export class Session {
  state: SessionState = initialState;
  private readonly listeners = new Set<() => void>();
  private readonly connection: Connection;
  private readonly outbox: Outbox;
  private readonly tabs: Tabs;
  private readonly typing = new TypingSignal((typing) => this.say({ type: 'typing', typing }));
  private page: PageContext | null = null;
  private token: string | null = null;
  private visible = false;
  private markedDelivered = 0;
  private markedRead = 0;
  private typingTimer = 0;
  private syncTimer = 0;
  private welcomed: (() => void) | null = null;

  constructor(private readonly options: SessionOptions) {
    this.connection = new Connection(
      { onOpen: () => void this.hello(), onFrame: (frame) => this.hear(frame), onPhase: (phase) => this.phaseChanged(phase) },
      options.transports,
    );
    this.outbox = new Outbox({
      send: (frame) => this.say({ ...frame, page: this.page }),
      save: (item) => void options.keep.saveOutbox(item),
      onChange: (outbox, busy) => this.update({ outbox, busy }),
    });
    this.tabs = new Tabs(options.tenant, (news) => this.hearTab(news));
  }

  /** Shows what is kept; someone who has been here is connected at once, a newcomer when they open the panel. */
  async start(): Promise<void> {
    const kept = await this.options.keep.load();
    this.token = kept.token;
    this.update({ messages: mergeMessages([], kept.messages), lasting: this.options.keep.lasting });
    this.adopt(kept.outbox);
    if (kept.token || kept.outbox.length > 0 || this.visible) this.connection.start();
    addEventListener('pagehide', () => this.tabs.tell({ type: 'leaving' }));
    setInterval(() => void this.adoptOrphans(orphanMs), orphanMs);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get unread(): number {
    return this.visible ? 0 : countUnread(this.state.messages, this.state.readN);
  }

  /** The panel is open in a visible tab, or is not (any more). */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible && !this.state.refused) this.connection.start();
    this.mark();
  }

  setPage(page: PageContext): void {
    this.page = page;
  }

  send(text: string): void {
    this.connection.start();
    this.typing.stopped();
    this.outbox.add(text);
  }

  retry(clientMsgId: string): void {
    this.connection.hurry();
    this.outbox.retry(clientMsgId);
  }

  typed(text: string): void {
    if (text) this.typing.touched();
    else this.typing.stopped();
  }

  loadEarlier(): void {
    const oldest = this.state.messages[0]?.n ?? 0;
    if (oldest > 1 && this.say({ type: 'history', beforeN: oldest })) this.update({ loadingEarlier: true });
  }

  private say(frame: ClientFrame): boolean {
    if (this.state.phase !== 'online') return false;
    this.connection.send(frame);
    return true;
  }

  private async hello(): Promise<void> {
    if (this.token || !navigator.locks) return this.sayHello();
    const first = async () => {
      this.token = (await this.options.keep.load()).token;
      this.sayHello();
      if (!this.token) await Promise.race([new Promise<void>((done) => (this.welcomed = done)), pause(newcomerWaitMs)]);
    };
    // Refused together with storage: then there is nothing to share with another tab either.
    await navigator.locks.request(`cordboard:newcomer:${this.options.tenant}`, first).catch(() => this.sayHello());
  }

  private sayHello(): void {
    const { tenant, origin, language } = this.options;
    const lastN = lastWithoutGap(this.state.messages);
    this.connection.send({ type: 'hello', v: PROTOCOL_VERSION, tenant, token: this.token, lastN, origin, language });
  }

  private hear(frame: ServerFrame): void {
    if (frame.type === 'welcome') this.greeted(frame);
    else if (frame.type === 'message') this.take([frame.message]);
    else if (frame.type === 'messages') this.filled(frame.messages);
    else if (frame.type === 'ack') {
      const item = this.outbox.acked(frame);
      if (item) {
        const { clientMsgId, id, n, at } = frame;
        const message: ThreadMessage = { id, n, from: 'visitor', text: item.text, clientMsgId, authorName: null, at };
        this.take([message]);
        this.tabs.tell({ type: 'message', message });
      }
    } else if (frame.type === 'busy') {
      if (frame.clientMsgId) this.outbox.postponed(frame);
      else this.connection.retryWithin(frame.retryAfterMs * 2);
    } else if (frame.type === 'refused') this.refused(frame);
    else if (frame.type === 'typing') this.agentTypes(frame);
    else if (frame.type === 'marks') this.readElsewhere(frame.readN);
    else if (frame.type === 'bye') this.connection.retryWithin(frame.retryAfterMs);
  }

  private greeted(frame: WelcomeFrame): void {
    if (frame.token) {
      this.token = frame.token;
      void this.options.keep.saveToken(frame.token).then(() => this.welcomed?.());
    } else this.welcomed?.();
    if (frame.reset) {
      void this.options.keep.forgetMessages();
      this.update({ messages: [] });
    }
    this.markedDelivered = frame.deliveredN;
    this.markedRead = frame.readN;
    this.update({ readN: Math.max(frame.reset ? 0 : this.state.readN, frame.readN), agentName: frame.agentName });
    this.take(frame.missed);
    this.fillGapUpTo(frame.n);
    this.outbox.resume();
    void this.adoptOrphans(orphanMs);
  }

  private take(messages: readonly ThreadMessage[]): void {
    if (messages.length > 0) {
      for (const message of messages) if (message.clientMsgId) this.outbox.settled(message.clientMsgId);
      const fromAgent = messages.findLast((message) => message.from === 'agent');
      this.update({
        messages: mergeMessages(this.state.messages, messages),
        ...(fromAgent ? { typing: null, agentName: fromAgent.authorName ?? this.state.agentName } : {}),
      });
      for (const message of messages) if (message.clientMsgId) void this.options.keep.settle(message);
      void this.options.keep.saveMessages(messages);
    }
    this.mark();
    this.fillGapUpTo(this.state.messages.at(-1)?.n ?? 0);
  }

  /** Older messages the visitor asked for, or the ones that were skipped. */
  private filled(messages: readonly ThreadMessage[]): void {
    this.update({ loadingEarlier: false });
    if ((messages.at(-1)?.n ?? 0) < (this.state.messages[0]?.n ?? 0)) {
      this.update({ messages: mergeMessages(this.state.messages, messages) });
    } else this.take(messages);
  }

  /** A push may overtake an acknowledgement by a moment, so a gap is given a moment to close by itself. */
  private fillGapUpTo(n: number): void {
    clearTimeout(this.syncTimer);
    if ((lastWithoutGap(this.state.messages) ?? n) >= n) return;
    this.syncTimer = window.setTimeout(() => {
      const afterN = lastWithoutGap(this.state.messages);
      if (afterN !== null && afterN < n) this.say({ type: 'sync', afterN });
    }, 250);
  }

  private mark(): void {
    const upToN = newestFromAgent(this.state.messages);
    if (this.visible && upToN > this.state.readN) {
      this.update({ readN: upToN });
      this.tabs.tell({ type: 'read', readN: upToN });
    }
    if (this.state.readN > this.markedRead && this.say({ type: 'read', upToN: this.state.readN })) {
      this.markedRead = this.state.readN;
      this.markedDelivered = Math.max(this.markedDelivered, this.markedRead);
    }
    if (upToN > this.markedDelivered && this.say({ type: 'delivered', upToN })) this.markedDelivered = upToN;
  }

  private refused(frame: RefusedFrame): void {
    if (frame.clientMsgId) this.outbox.refused(frame.clientMsgId);
    else if (frame.code === 'token') {
      this.token = null;
      void Promise.all([this.options.keep.saveToken(null), this.options.keep.forgetMessages()]);
      this.update({ messages: [], readN: 0, agentName: null });
      this.connection.retryWithin(limits.typingEveryMs);
    } else if (frame.code === 'site' || frame.code === 'tenant' || frame.code === 'version') {
      this.connection.stop();
      this.update({ refused: frame.code });
    }
  }

  private agentTypes(frame: AgentTypingFrame): void {
    clearTimeout(this.typingTimer);
    this.update({ typing: frame.typing ? frame.name : null });
    if (frame.typing) this.typingTimer = window.setTimeout(() => this.update({ typing: null }), limits.typingForMs);
  }

  private hearTab(news: TabNews): void {
    if (news.type === 'message') this.take([news.message]);
    else if (news.type === 'read') this.readElsewhere(news.readN);
    else void this.adoptOrphans(0);
  }

  private readElsewhere(readN: number): void {
    this.markedRead = Math.max(this.markedRead, readN);
    this.update({ readN: Math.max(this.state.readN, readN) });
  }

  private async adoptOrphans(olderThanMs: number): Promise<void> {
    const { outbox } = await this.options.keep.load();
    this.adopt(outbox.filter((item) => Date.now() - Date.parse(item.at) >= olderThanMs));
  }

  /** What stands in the thread already has only not been struck from storage yet. */
  private adopt(found: readonly OutboxItem[]): void {
    const standing = new Set(this.state.messages.map((message) => message.clientMsgId));
    this.outbox.adopt(found.filter((item) => !standing.has(item.clientMsgId)));
  }

  private phaseChanged(phase: Phase): void {
    if (phase !== 'online') this.outbox.pauseSending();
    this.update({ phase, wasOnline: this.state.wasOnline || phase === 'online', ...(phase === 'online' ? {} : { typing: null }) });
  }

  private update(change: Partial<SessionState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
