import { LOG, Metrics } from '@cordboard/service-kit';
import { limits, type ServerFrame, type ThreadMessage } from '@cordboard/webchat-protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Cursor, ThreadStore } from '../thread/thread.store';
import { peerKey } from '../visitor/peer';

/** A connection of a visitor as the hub sees it: something to say frames to, and how far its thread has been said. */
export interface Listener {
  tenantId: string;
  visitorId: string;
  /** Everything up to here has been said. */
  cursor: number;
  /** Numbers above the cursor that this connection knows from acknowledgements. */
  known: Set<number>;
  say: (frame: ServerFrame) => void;
}

interface Visitor {
  tenantId: string;
  visitorId: string;
  listeners: Set<Listener>;
  /** Newest timeline entries that every listener has been told of. */
  told: string[];
}

/** Visitors read for in one query. */
const waveSize = 500;
const rememberedEntries = 50;
const againMs = 500;

/**
 * Who of this replica's visitors is connected, and the only place that says new messages to them. A thread that has
 * moved is marked; a wave then reads for all marked threads at once what follows each one's cursor, and says it in
 * order. So it does not matter who noticed (the handler of this process, the tail of another's commit, both),
 * how often, or in which order: what is said comes from the committed thread, without gaps and once.
 */
@Injectable()
export class Hub {
  private readonly visitors = new Map<string, Visitor>();
  private readonly moved = new Set<string>();
  private wave: Promise<void> | undefined;

  constructor(
    private readonly threads: ThreadStore,
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    metrics.gauge('webchat_visitors', 'Visitors connected to this process', () => this.visitors.size);
  }

  join(listener: Listener): void {
    const key = peerKey(listener);
    const visitor = this.visitors.get(key) ?? {
      tenantId: listener.tenantId,
      visitorId: listener.visitorId,
      listeners: new Set(),
      told: [],
    };
    visitor.listeners.add(listener);
    visitor.told = [];
    this.visitors.set(key, visitor);
  }

  leave(listener: Listener): void {
    const key = peerKey(listener);
    const visitor = this.visitors.get(key);
    visitor?.listeners.delete(listener);
    if (visitor?.listeners.size === 0) this.visitors.delete(key);
  }

  /** Says something to all connections of a visitor, one of them aside. */
  sayTo(key: string, frame: ServerFrame, except?: Listener): void {
    for (const listener of this.visitors.get(key)?.listeners ?? []) if (listener !== except) listener.say(frame);
  }

  /** The connection's own message stands at `n`; its visitor's other connections have to be told. */
  acknowledged(listener: Listener, n: number): void {
    advance(listener, n);
    const visitor = this.visitors.get(peerKey(listener));
    if (visitor && visitor.listeners.size > 1) this.threadMoved(peerKey(listener));
  }

  /** This was committed to the visitor's thread. It is said at once to who has everything before it; others are read for. */
  added(key: string, message: ThreadMessage): void {
    const visitor = this.visitors.get(key);
    if (!visitor) return;
    if ([...visitor.listeners].every(({ cursor }) => cursor === message.n - 1)) tellOne(visitor, message);
    else this.threadMoved(key);
  }

  /** Something was added to the visitor's thread; `entryIds`, where given, tells which agents' messages. */
  threadMoved(key: string, entryIds: readonly string[] = []): void {
    const visitor = this.visitors.get(key);
    if (!visitor || (entryIds.length > 0 && entryIds.every((id) => visitor.told.includes(id)))) return;
    this.moved.add(key);
    this.wave ??= this.run();
  }

  /** Resolves when nobody is waiting for a message any more. */
  async settled(): Promise<void> {
    await this.wave;
  }

  private async run(): Promise<void> {
    while (this.moved.size > 0) {
      const keys = [...this.moved].slice(0, waveSize);
      for (const key of keys) this.moved.delete(key);
      try {
        await this.tell(keys);
      } catch (error) {
        this.log.warn({ err: error }, 'New messages could not be read for connected visitors; trying again');
        for (const key of keys) if (this.visitors.has(key)) this.moved.add(key);
        await new Promise((next) => setTimeout(next, againMs));
      }
    }
    this.wave = undefined;
  }

  private async tell(keys: readonly string[]): Promise<void> {
    const cursors = keys.flatMap((key) => this.cursorOf(key) ?? []);
    if (cursors.length === 0) return;
    const messages = await this.threads.afterCursors(cursors);
    const tenantOf = new Map(cursors.map((cursor) => [cursor.visitorId, cursor.tenantId]));
    const read = new Map<string, number>();
    for (const { visitorId, ...message } of messages) {
      read.set(visitorId, (read.get(visitorId) ?? 0) + 1);
      const visitor = this.visitors.get(peerKey({ tenantId: tenantOf.get(visitorId) ?? '', visitorId }));
      if (visitor) tellOne(visitor, message);
    }
    for (const [visitorId, count] of read) {
      if (count === limits.resume) this.moved.add(peerKey({ tenantId: tenantOf.get(visitorId) ?? '', visitorId }));
    }
  }

  private cursorOf(key: string): Cursor | undefined {
    const visitor = this.visitors.get(key);
    if (!visitor) return undefined;
    const afterN = Math.min(...[...visitor.listeners].map((listener) => listener.cursor));
    return { tenantId: visitor.tenantId, visitorId: visitor.visitorId, afterN };
  }
}

function tellOne(visitor: Visitor, message: ThreadMessage): void {
  for (const listener of visitor.listeners) {
    if (message.n <= listener.cursor) continue;
    const alreadyKnown = listener.known.has(message.n);
    advance(listener, message.n);
    if (!alreadyKnown) listener.say({ type: 'message', message });
  }
  if (message.from === 'agent') {
    visitor.told.push(message.id);
    if (visitor.told.length > rememberedEntries) visitor.told.shift();
  }
}

/** Moves the cursor over everything that is known without a gap. */
function advance(listener: Listener, n: number): void {
  if (n <= listener.cursor) return;
  listener.known.add(n);
  while (listener.known.delete(listener.cursor + 1)) listener.cursor += 1;
}
