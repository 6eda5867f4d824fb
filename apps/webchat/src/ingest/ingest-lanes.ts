import { Database, paced } from '@cordboard/persistence';
import { Metrics } from '@cordboard/service-kit';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { WebchatConfig } from '../webchat.config';
import { FairQueue } from './fair-queue';
import { InboxLag } from './inbox-lag';
import { type Incoming, recordMessages, type Stored } from './record-messages';

/** What became of a message: it stands, it was put off, or it will never be taken. */
export type Outcome =
  | { is: 'stored'; stored: Stored }
  | { is: 'busy'; retryAfterMs: number }
  | { is: 'refused' }
  | { is: 'unknown-visitor' };

interface Waiting {
  message: Incoming;
  /** More than one when the message was said again while it waited. */
  resolve: ((outcome: Outcome) => void)[];
}

interface Lane {
  queue: FairQueue<Waiting>;
  running: Promise<void> | undefined;
}

/** Most messages in one transaction. */
const groupSize = 200;
const busyMs = 1_000;
const databaseAwayMs = 2_000;

/**
 * Visitors' messages commit in groups: what queued in a lane since its last transaction began goes into the next. A
 * visitor always has the same lane, so their messages keep their order; lanes do not wait for each other. Nobody is
 * told that a message is kept before its transaction has committed.
 *
 * Nothing here grows without bound. A message is put off (`busy`, with a time to come back) when its lane is full,
 * when the inbox is behind (see InboxLag), when the database is away, and when the service stops. A message said
 * again while it waits joins the one that waits. A group that the database refuses for its content is run again one
 * message at a time, and only the offender is refused.
 */
@Injectable()
export class IngestLanes implements OnApplicationShutdown {
  private readonly lanes: Lane[];
  private readonly waiting = new Map<string, Waiting>();
  private stopping = false;
  private readonly groups;
  private readonly acks;
  private readonly busy;

  constructor(
    private readonly database: Database,
    private readonly lag: InboxLag,
    config: WebchatConfig,
    metrics: Metrics,
  ) {
    this.lanes = Array.from({ length: config.lanes }, () => ({ queue: new FairQueue<Waiting>(config.laneQueue), running: undefined }));
    metrics.gauge('webchat_ingest_queue', 'Visitors’ messages that wait for their transaction', () => this.queued);
    this.groups = metrics.histogram('webchat_ingest_group_size', 'Visitors’ messages in one transaction', [1, 2, 5, 10, 20, 50, 100, 200]);
    this.acks = metrics.counter('webchat_acknowledged_total', 'Visitors’ messages stored and acknowledged');
    this.busy = metrics.counter('webchat_busy_total', 'Visitors’ messages put off, by reason', ['reason']);
  }

  get queued(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.queue.size, 0);
  }

  /** Resolves when it is known what became of the message; never rejects. */
  store(message: Incoming): Promise<Outcome> {
    const key = `${message.tenantId} ${message.visitorId} ${message.clientMsgId}`;
    const same = this.waiting.get(key);
    if (same) return new Promise((resolve) => same.resolve.push(resolve));
    if (this.stopping) return this.putOff('stopping', busyMs);
    if (this.lag.sheds()) return this.putOff('lag', this.lag.retryAfterMs());
    return new Promise((resolve) => {
      const waiting: Waiting = { message, resolve: [resolve] };
      const lane = this.laneOf(message.visitorId);
      if (!lane.queue.offer(message.tenantId, waiting)) return resolve(this.putOff('full', busyMs));
      this.waiting.set(key, waiting);
      lane.running ??= this.drain(lane);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.lanes.map((lane) => lane.running));
  }

  private async putOff(reason: 'full' | 'lag' | 'stopping' | 'database', retryAfterMs: number): Promise<Outcome> {
    this.busy.inc({ reason });
    return { is: 'busy', retryAfterMs };
  }

  /** The id's last digits are random; the first are its time. */
  private laneOf(visitorId: string): Lane {
    const lane = this.lanes[Number.parseInt(visitorId.slice(-8), 16) % this.lanes.length];
    if (!lane) throw new Error(`Visitor id ${visitorId} has no lane.`);
    return lane;
  }

  private async drain(lane: Lane): Promise<void> {
    await new Promise((next) => setImmediate(next));
    while (lane.queue.size > 0) {
      const group = lane.queue.take(groupSize);
      await paced(group.length, () => this.commit(group));
    }
    lane.running = undefined;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    try {
      const messages = group.map(({ message }) => message);
      const stored = await recordMessages(this.database, messages);
      this.groups.observe(group.length);
      this.acks.inc(group.length);
      for (const [index, waiting] of group.entries()) {
        const one = stored[index];
        if (one) this.lag.accepted(waiting.message.traceparent);
        this.settle(waiting, one ? { is: 'stored', stored: one } : { is: 'unknown-visitor' });
      }
    } catch (error) {
      if (!blamesContent(error)) for (const waiting of group) this.settle(waiting, await this.putOff('database', databaseAwayMs));
      else if (group.length > 1) for (const one of group) await this.commit([one]);
      else for (const waiting of group) this.settle(waiting, { is: 'refused' });
    }
  }

  private settle({ message, resolve }: Waiting, outcome: Outcome): void {
    this.waiting.delete(`${message.tenantId} ${message.visitorId} ${message.clientMsgId}`);
    for (const one of resolve) one(outcome);
  }
}

/** Classes 22 (data exception) and 23 (integrity constraint): https://www.postgresql.org/docs/18/errcodes-appendix.html */
function blamesContent(error: unknown): boolean {
  return error instanceof DatabaseError && /^2[23]/.test(error.code ?? '');
}
