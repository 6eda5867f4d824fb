import { type Database, failpoint, isUnexpectedCount, type Scope, type Tx } from '@cordboard/persistence';
import { BusContext } from './bus-context';
import { Feed, type FeedItem } from './feed';
import { GroupStore, type Retry } from './group-store';
import { type GroupHandler, keepsOrder } from './handlers';
import type { Lease, LogReader } from './log-reader';
import type { BusLogger } from './logger';
import type { BusMetrics } from './options';
import { type LogEvent, type Position, samePosition } from './position';
import { isTakenOver, isTimeout, isTransient } from './transient';

export interface GroupConsumerOptions {
  group: string;
  handlers: ReadonlyMap<string, GroupHandler>;
  database: Database;
  reader: LogReader;
  logger: BusLogger;
  metrics?: BusMetrics;
}

/** An event with what is needed to run its handler. */
interface Work {
  event: Pick<LogEvent, 'id' | 'tenantId' | 'eventId' | 'key' | 'type' | 'envelope'>;
  handler: GroupHandler;
}

const maxTries = 5;
/** Wait after the first, second … failed try. */
const retryDelaysMs = [50, 200, 600, 2000];
const leadEveryMs = 500;
const saveIdleEveryMs = 1000;
const longestBackOffMs = 2000;
/** So many time-outs in a row are the events' fault, not the database's. */
const patienceForTimeouts = 20;

/**
 * The worker of one consumer group. Of all processes the one that holds the group's lease works, the others ask
 * for it twice a second. Effect, note of the handled events and new position commit together; the position is a
 * compare-and-set, so a process that slept through the loss of its lease commits nothing.
 *
 * A failed batch is rolled back and its events come one at a time. A failed event is set aside as a letter, its key
 * is parked and the others flow; it is tried again four times, then it is dead until somebody replays or skips it.
 * Events that came for a parked key follow in order. Errors of the database and operational errors are no tries:
 * the group starts over from its stored position after a wait.
 */
export class GroupConsumer {
  private readonly store: GroupStore;
  private readonly types: ReadonlySet<string>;
  private readonly maxBatch: number;
  private readonly gatherMs: number;
  private running: Promise<void> | undefined;
  private stopping = false;
  private wakeUp: (() => void) | undefined;
  private feed: Feed | undefined;
  private version = 0;
  private saved: Position | undefined;
  private savedAt = 0;
  private timeouts = 0;
  private waiting = new Map<string, boolean>();
  private lookAt = 0;
  private failedAt = 0;

  constructor(private readonly options: GroupConsumerOptions) {
    this.store = new GroupStore(options.database, options.group);
    this.types = new Set(options.handlers.keys());
    const subscriptions = [...options.handlers.values()].map((handler) => handler.subscription);
    const batch = subscriptions.find((subscription) => subscription.mode === 'batch');
    this.maxBatch = batch?.maxBatch ?? 100;
    this.gatherMs = batch?.gatherMs ?? 0;
  }

  start(): void {
    this.running = this.run();
  }

  /** Finishes the batch in hand, stores the position and gives the group up. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp?.();
    this.feed?.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { group, reader, logger } = this.options;
    let backOffMs = 50;
    while (!this.stopping) {
      try {
        const lease = await reader.tryLead(group);
        if (lease)
          await this.lead(lease, () => {
            backOffMs = 50;
          });
        else await this.pause(leadEveryMs);
      } catch (error) {
        const reason = (error as Error).message;
        if (isTakenOver(error)) logger.info({ group, reason }, 'Another process works for the group now');
        else if (isTransient(error) || isTimeout(error)) logger.warn({ group, reason, backOffMs }, 'The group waits and goes on');
        else logger.error({ group, err: error, backOffMs }, 'The group met an unexpected error and starts over');
        await this.pause(backOffMs);
        backOffMs = Math.min(backOffMs * 2, longestBackOffMs);
      }
    }
  }

  private async lead(lease: Lease, onProgress: () => void): Promise<void> {
    const { group, reader } = this.options;
    try {
      const { version, ...position } = await reader.openPosition(group);
      this.version = version;
      this.saved = position;
      this.waiting = await this.store.waitingKeys();
      this.lookAt = 0;
      this.feed = new Feed(reader, this.types, position);
      while (!this.stopping && !lease.isLost) {
        await this.retryWaiting();
        const items = await this.feed.next(this.maxBatch, this.idleMs(), this.gatherMs);
        if (!(await this.handle(items))) return;
        await this.saveWhenIdle();
        onProgress();
      }
      if (!lease.isLost) await this.saveWhenIdle(true);
    } finally {
      this.feed?.close();
      this.feed = undefined;
      await lease.release();
    }
  }

  /**
   * Runs of events for the batch handler in one transaction, every other event in one of its own. Resolves to false
   * when it was told to stop in between: what is left of the chunk belongs to the next who leads the group.
   */
  private async handle(items: readonly FeedItem[]): Promise<boolean> {
    for (let start = 0; start < items.length; ) {
      if (this.stopping) return false;
      let end = start + 1;
      if (this.isBatched(items[start])) while (end < items.length && this.isBatched(items[end])) end++;
      await this.handleRun(items.slice(start, end));
      start = end;
    }
    return true;
  }

  private isBatched(item: FeedItem | undefined): boolean {
    return item !== undefined && this.handlerOf(item.event.type).subscription.mode === 'batch';
  }

  private async handleRun(items: readonly FeedItem[]): Promise<void> {
    const { group, logger } = this.options;
    try {
      await this.transact(items, false).catch((error: unknown) => {
        if (!isUnexpectedCount(error)) throw error;
        return this.transact(items, true);
      });
      this.timeouts = 0;
    } catch (error) {
      if (this.mustStartOver(error)) throw error;
      const [item] = items;
      if (items.length > 1) {
        logger.warn({ group, events: items.length, err: error }, 'A batch failed and was rolled back; its events come one at a time');
        for (const single of items) await this.handleRun([single]);
      } else if (item) await this.setAside(item, error);
    }
  }

  private async transact(items: readonly FeedItem[], carefully: boolean): Promise<void> {
    const last = items.at(-1);
    if (!last) return;
    const startedAt = performance.now();
    const works = items.map(({ event }): Work => ({ event, handler: this.handlerOf(event.type) }));
    const mustWait = ({ event, handler }: Work) => (this.waiting.get(event.key) ?? false) && keepsOrder(handler);
    const parked = works.filter(mustWait);
    const active = parked.length > 0 ? works.filter((work) => !mustWait(work)) : works;
    await this.commit(scopeOf(works), last.after, async (tx) => {
      if (parked.length > 0) {
        await this.store.park(
          tx,
          parked.map(({ event }) => event.id),
        );
      }
      await this.effect(tx, active, 1, carefully);
    });
    this.saved = last.after;
    this.savedAt = performance.now();
    this.options.metrics?.handled(this.options.group, items.length, this.savedAt - startedAt);
  }

  /** Runs `work` and moves the position in one transaction; the position's statement goes out together with the commit. */
  private async commit(scope: Scope, to: Position, work: (tx: Tx) => Promise<void>): Promise<void> {
    let refused: unknown;
    try {
      await this.options.database.run(scope, async (tx) => {
        await work(tx);
        failpoint('after-effect-before-position');
        this.store.advance(tx, this.version, to).catch((error: unknown) => {
          refused = error;
        });
      });
    } catch (error) {
      throw refused ?? error;
    }
    this.version++;
  }

  /**
   * Calls the handler with the events that this group has not handled yet. Nearly always that is all of them, so the claim
   * goes out in one write with the handler's first statements and nobody waits for its answer. Where one was handled
   * before, the transaction fails by it and is run again `carefully`, the claim's answer first.
   */
  private async effect(tx: Tx, works: readonly Work[], attempt: number, carefully: boolean): Promise<void> {
    if (works.length === 0) return;
    const context = new BusContext(tx, this.options.group, attempt, carefully);
    const events = works.map(({ event }) => event);
    if (carefully) {
      const fresh = await this.store.claim(tx, events);
      return call(
        works.filter(({ event }) => fresh.delete(`${event.tenantId}:${event.eventId}`)),
        context,
      );
    }
    const claimed = this.store.claimAll(tx, events);
    await call(works, context).catch(async (error: unknown) => {
      await claimed;
      throw error;
    });
  }

  private async setAside({ event, after }: FeedItem, error: unknown): Promise<void> {
    const { group, logger } = this.options;
    const parks = keepsOrder(this.handlerOf(event.type));
    logger.warn(
      { group, event: event.eventId, type: event.type, tenant: event.tenantId, err: error },
      'An event failed and is tried again',
    );
    await this.commit({ kind: 'system' }, after, (tx) => this.store.fail(tx, event.id, textOf(error), parks, retryDelaysMs[0] ?? 0));
    this.saved = after;
    this.waiting.set(event.key, parks || (this.waiting.get(event.key) ?? false));
    this.failedAt = performance.now();
    this.lookAt = this.failedAt + (retryDelaysMs[0] ?? 0);
  }

  /** Runs what is due of the failed events and of those that waited for them. */
  private async retryWaiting(): Promise<void> {
    if (this.waiting.size === 0 || performance.now() < this.lookAt) return;
    for (let round = 0; round < this.maxBatch && !this.stopping; round++) {
      const next = await this.store.nextRetry();
      if (!next) break;
      await this.retry(next);
    }
    this.waiting = await this.store.waitingKeys();
    const isRecent = performance.now() - this.failedAt < 10_000;
    this.lookAt = performance.now() + (isRecent ? 50 : 500);
  }

  private async retry(retry: Retry): Promise<void> {
    const { saved } = this;
    if (!saved) return;
    const { logId: id, tenantId, eventId, key, type } = retry;
    try {
      const event = { id, tenantId, eventId, key, type, envelope: JSON.parse(retry.body) as unknown };
      const work = { event, handler: this.handlerOf(type) };
      await this.commit(scopeOf([work]), saved, async (tx) => {
        await this.effect(tx, [work], retry.tries + 1, true);
        await this.store.settle(tx, retry);
      });
    } catch (error) {
      if (this.mustStartOver(error)) throw error;
      await this.failedRetry(retry, saved, error);
    }
  }

  private async failedRetry(retry: Retry, saved: Position, error: unknown): Promise<void> {
    const { group, logger } = this.options;
    const { letter, logId, eventId, type, tenantId } = retry;
    this.failedAt = performance.now();
    if (letter === undefined) {
      logger.warn({ group, event: eventId, type, tenant: tenantId, err: error }, 'An event that had waited failed and is tried again');
      await this.commit({ kind: 'system' }, saved, (tx) => this.store.fail(tx, logId, textOf(error), true, retryDelaysMs[0] ?? 0));
      return;
    }
    const isDead = await this.store.failAgain(letter, textOf(error), retryDelaysMs[retry.tries] ?? 2000, maxTries);
    if (isDead) {
      const fields = { group, letter, event: eventId, type, tenant: tenantId, err: error };
      logger.error(fields, `An event failed ${maxTries} times and is dead; mend the cause and replay it, or skip it`);
    }
  }

  private handlerOf(type: string): GroupHandler {
    const handler = this.options.handlers.get(type);
    if (!handler) throw new Error(`Group ${this.options.group} has no handler for ${type}.`);
    return handler;
  }

  private mustStartOver(error: unknown): boolean {
    if (isTakenOver(error) || isTransient(error)) return true;
    return isTimeout(error) && ++this.timeouts <= patienceForTimeouts;
  }

  /** Events of other groups move the position too; it is stored once a second, and on leaving. */
  private async saveWhenIdle(now = false): Promise<void> {
    const { feed, saved } = this;
    if (!feed?.isEmpty || !saved || samePosition(saved, feed.reached)) return;
    if (!now && performance.now() - this.savedAt < saveIdleEveryMs) return;
    const { reached } = feed;
    await this.store.savePosition(this.version, reached);
    this.version++;
    this.saved = reached;
    this.savedAt = performance.now();
  }

  private idleMs(): number {
    return this.waiting.size === 0 ? 1000 : Math.max(1, Math.min(1000, this.lookAt - performance.now()));
  }

  private pause(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
  }
}

async function call(works: readonly Work[], context: BusContext): Promise<void> {
  const [first] = works;
  if (!first) return;
  const events = works.map(({ event }) => event.envelope);
  await first.handler.call(first.handler.subscription.mode === 'batch' ? events : events[0], context);
}

function scopeOf(works: readonly Work[]): Scope {
  const [first] = works;
  if (first && works.length === 1 && first.handler.subscription.mode === 'each') return { kind: 'tenant', tenantId: first.event.tenantId };
  return { kind: 'batch', tenantIds: [...new Set(works.map(({ event }) => event.tenantId))] };
}

/** What the dead letter says of the error; the stack tells where. */
function textOf(error: unknown): string {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 4000);
}
