import type { AckFrame, BusyFrame, SendFrame } from '@cordboard/webchat-protocol';
import { newClientMsgId, newTraceparent } from '../traceparent';
import type { OutboxItem } from './outbox-item';

export interface OutboxEvents {
  /** Says the message on the connection; false when there is none. */
  send: (frame: Omit<SendFrame, 'page'>) => boolean;
  save: (item: OutboxItem) => void;
  onChange: (items: readonly OutboxItem[], busy: boolean) => void;
}

/** Without an answer for this long the message is said again; its id makes that harmless. */
const answerWithinMs = 15_000;

/**
 * Messages on their way. They go out one at a time in the order they were written, and the next only when the one
 * before is acknowledged: so order holds through every break, and a server that is busy is asked only once at a time.
 * A refused message stands aside as failed, and the others go on. Nothing leaves the list but by an acknowledgement.
 */
export class Outbox {
  private items: OutboxItem[] = [];
  private inFlight: string | null = null;
  private timer = 0;
  private busy = false;
  private lastOrder = 0;

  constructor(private readonly events: OutboxEvents) {}

  /** Takes over items found in storage; those it has already stay as they are. */
  adopt(found: readonly OutboxItem[]): void {
    const known = new Set(this.items.map((item) => item.clientMsgId));
    this.items = [...this.items, ...found.filter((item) => !known.has(item.clientMsgId))].sort((a, b) => a.order - b.order);
    this.lastOrder = Math.max(this.lastOrder, this.items.at(-1)?.order ?? 0);
    this.changed();
    this.pump();
  }

  add(text: string): void {
    this.lastOrder = Math.max(Date.now(), this.lastOrder + 1);
    const item: OutboxItem = {
      clientMsgId: newClientMsgId(),
      text,
      order: this.lastOrder,
      at: new Date().toISOString(),
      traceparent: newTraceparent(),
      state: 'waiting',
    };
    this.items = [...this.items, item];
    this.events.save(item);
    this.changed();
    this.pump();
  }

  retry(clientMsgId: string): void {
    this.change(clientMsgId, 'waiting');
    this.pump();
  }

  /** The acknowledged item, taken off the list; undefined when it is not (any more) ours. */
  acked(frame: AckFrame): OutboxItem | undefined {
    const item = this.items.find(({ clientMsgId }) => clientMsgId === frame.clientMsgId);
    this.settled(frame.clientMsgId);
    return item;
  }

  /** The message stands in the thread: it may have been another tab that sent it. */
  settled(clientMsgId: string): void {
    const rest = this.items.filter((item) => item.clientMsgId !== clientMsgId);
    if (rest.length === this.items.length) return;
    this.items = rest;
    this.busy = false;
    this.landed(clientMsgId);
  }

  refused(clientMsgId: string): void {
    this.busy = false;
    this.change(clientMsgId, 'failed');
    this.landed(clientMsgId);
  }

  postponed(frame: BusyFrame): void {
    this.busy = true;
    this.inFlight = null;
    this.changed();
    this.later(frame.retryAfterMs * (1 + Math.random() / 2));
  }

  /** The connection is there (again). */
  resume(): void {
    this.inFlight = null;
    this.pump();
  }

  /** The connection is gone; what was in flight will be said again. */
  pauseSending(): void {
    this.inFlight = null;
    clearTimeout(this.timer);
  }

  private landed(clientMsgId: string): void {
    if (this.inFlight === clientMsgId) this.inFlight = null;
    this.changed();
    this.pump();
  }

  private pump(): void {
    if (this.inFlight) return;
    const next = this.items.find((item) => item.state === 'waiting');
    if (!next) return;
    const { clientMsgId, text, traceparent } = next;
    if (!this.events.send({ type: 'send', clientMsgId, text, traceparent })) return;
    this.inFlight = clientMsgId;
    this.later(answerWithinMs);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.resume(), ms);
  }

  private change(clientMsgId: string, state: OutboxItem['state']): void {
    this.items = this.items.map((item) => {
      if (item.clientMsgId !== clientMsgId) return item;
      const changed = { ...item, state };
      this.events.save(changed);
      return changed;
    });
    this.changed();
  }

  private changed(): void {
    this.events.onChange(this.items, this.busy);
  }
}
