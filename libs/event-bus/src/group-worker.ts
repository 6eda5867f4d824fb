import { type Database, failpoint, isUnexpectedCount, type Scope, type Tx } from '@cordboard/persistence';
import { BusContext } from './bus-context';
import type { GroupStore, Retry } from './group-store';
import { type GroupHandler, keepsOrder } from './handlers';
import type { BusLogger } from './logger';
import type { BusMetrics } from './options';
import { LogEvent } from './position';
import { isTakenOver, isTimeout, isTransient } from './transient';

/** What every worker of a group is given, whichever the transport. */
export interface GroupOptions {
  group: string;
  handlers: ReadonlyMap<string, GroupHandler>;
  database: Database;
  logger: BusLogger;
  metrics?: BusMetrics;
}

/** An event and where its consumer stands once it is handled. */
export interface FeedItem<Place> {
  event: LogEvent;
  after: Place;
}

/** Where a worker's events come from, in order and without gaps. */
export interface Feed<Place> {
  /** Where the consumer stands when it has handled everything it was given. */
  readonly reached: Place;
  readonly isEmpty: boolean;
  /** Up to `max` events; none when nothing came for `waitMs`. The first of a quiet feed waits `gatherMs` for company. */
  next(max: number, waitMs: number, gatherMs: number): Promise<FeedItem<Place>[]>;
}

/** A stretch of work: from taking over the events to giving them up. */
export interface Shift<Place> {
  feed: Feed<Place>;
  /** The stored position, and its version. */
  position: Place;
  version: number;
  /** Told to stop: what is in hand is finished. */
  isStopping(): boolean;
  /** Another may work for the group already. */
  isLost(): boolean;
  onProgress(): void;
}

/** An event with what is needed to run its handler. */
interface Work {
  event: LogEvent;
  handler: GroupHandler;
}

const maxTries = 5;
/** Wait after the first, second … failed try. */
const retryDelaysMs = [50, 200, 600, 2000];
const saveIdleEveryMs = 1000;
/** So many time-outs in a row are the events' fault, not the database's. */
const patienceForTimeouts = 20;

/**
 * Runs a group's handlers over a feed. Effect, note of the handled events and new position commit together; the
 * position is a compare-and-set, so a process that slept through the loss of its events commits nothing.
 *
 * A failed batch is rolled back and its events come one at a time. A failed event is set aside as a letter, its key
 * is parked and the others flow; it is tried again four times, then it is dead until somebody replays or skips it.
 * Events that came for a parked key follow in order. Errors of the database and operational errors are no tries:
 * they end the shift, and the next starts over from the stored position.
 */
export class GroupWorker<Place> {
  private readonly maxBatch: number;
  private readonly gatherMs: number;
  private timeouts = 0;
  private waiting = new Map<string, boolean>();
  private lookAt = 0;
  private failedAt = 0;
  private shift: Shift<Place> | undefined;
  private savedAt = 0;

  constructor(
    private readonly options: GroupOptions,
    private readonly store: GroupStore<Place>,
  ) {
    const subscriptions = [...options.handlers.values()].map((handler) => handler.subscription);
    const batch = subscriptions.find((subscription) => subscription.mode === 'batch');
    this.maxBatch = batch?.maxBatch ?? 100;
    this.gatherMs = batch?.gatherMs ?? 0;
  }

  /** The position that is stored. */
  get saved(): Place | undefined {
    return this.shift?.position;
  }

  /** Works until the shift is stopped or lost; rejects with what made it impossible to go on. */
  async work(shift: Shift<Place>): Promise<void> {
    this.shift = shift;
    this.waiting = await this.store.waitingKeys();
    this.lookAt = 0;
    while (!shift.isStopping() && !shift.isLost()) {
      await this.retryWaiting(shift);
      const items = await shift.feed.next(this.maxBatch, this.idleMs(), this.gatherMs);
      if (!(await this.handle(shift, items))) return;
      await this.saveWhenIdle(shift);
      shift.onProgress();
    }
    if (!shift.isLost()) await this.saveWhenIdle(shift, true);
  }

  /**
   * Runs of events for the batch handler in one transaction, every other event in one of its own. Resolves to false
   * when it was told to stop in between: what is left of the chunk belongs to the next who leads the group.
   */
  private async handle(shift: Shift<Place>, items: readonly FeedItem<Place>[]): Promise<boolean> {
    for (let start = 0; start < items.length; ) {
      if (shift.isStopping()) return false;
      let end = start + 1;
      if (this.isBatched(items[start])) while (end < items.length && this.isBatched(items[end])) end++;
      await this.handleRun(shift, items.slice(start, end));
      start = end;
    }
    return true;
  }

  private isBatched(item: FeedItem<Place> | undefined): boolean {
    return item !== undefined && this.handlerOf(item.event.type).subscription.mode === 'batch';
  }

  private async handleRun(shift: Shift<Place>, items: readonly FeedItem<Place>[]): Promise<void> {
    const { group, logger } = this.options;
    try {
      await this.transact(shift, items, false).catch((error: unknown) => {
        if (!isUnexpectedCount(error)) throw error;
        return this.transact(shift, items, true);
      });
      this.timeouts = 0;
    } catch (error) {
      if (this.mustStartOver(error)) throw error;
      const [item] = items;
      if (items.length > 1) {
        logger.warn({ group, events: items.length, err: error }, 'A batch failed and was rolled back; its events come one at a time');
        for (const single of items) await this.handleRun(shift, [single]);
      } else if (item) await this.setAside(shift, item, error);
    }
  }

  private async transact(shift: Shift<Place>, items: readonly FeedItem<Place>[], carefully: boolean): Promise<void> {
    const last = items.at(-1);
    if (!last) return;
    const startedAt = performance.now();
    const works = items.map(({ event }): Work => ({ event, handler: this.handlerOf(event.type) }));
    const mustWait = ({ event, handler }: Work) => (this.waiting.get(event.key) ?? false) && keepsOrder(handler);
    const parked = works.filter(mustWait);
    const active = parked.length > 0 ? works.filter((work) => !mustWait(work)) : works;
    await this.commit(shift, scopeOf(works), last.after, async (tx) => {
      if (parked.length > 0) {
        await this.store.park(
          tx,
          parked.map(({ event }) => event),
        );
      }
      await this.effect(tx, active, 1, carefully);
    });
    this.savedAt = performance.now();
    this.options.metrics?.handled(this.options.group, items.length, this.savedAt - startedAt);
  }

  /** Runs `work` and moves the position in one transaction; the position's statement goes out together with the commit. */
  private async commit(shift: Shift<Place>, scope: Scope, to: Place, work: (tx: Tx) => Promise<void>): Promise<void> {
    let refused: unknown;
    try {
      await this.options.database.run(scope, async (tx) => {
        await work(tx);
        failpoint('after-effect-before-position');
        this.store.advance(tx, shift.version, to).catch((error: unknown) => {
          refused = error;
        });
      });
    } catch (error) {
      throw refused ?? error;
    }
    shift.version++;
    shift.position = to;
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

  private async setAside(shift: Shift<Place>, { event, after }: FeedItem<Place>, error: unknown): Promise<void> {
    const { group, logger } = this.options;
    const parks = keepsOrder(this.handlerOf(event.type));
    logger.warn(
      { group, event: event.eventId, type: event.type, tenant: event.tenantId, err: error },
      'An event failed and is tried again',
    );
    await this.commit(shift, { kind: 'system' }, after, (tx) => this.store.fail(tx, event, textOf(error), parks, retryDelaysMs[0] ?? 0));
    this.waiting.set(event.key, parks || (this.waiting.get(event.key) ?? false));
    this.failedAt = performance.now();
    this.lookAt = this.failedAt + (retryDelaysMs[0] ?? 0);
  }

  /** Runs what is due of the failed events and of those that waited for them. */
  private async retryWaiting(shift: Shift<Place>): Promise<void> {
    if (this.waiting.size === 0 || performance.now() < this.lookAt) return;
    for (let round = 0; round < this.maxBatch && !shift.isStopping(); round++) {
      const next = await this.store.nextRetry();
      if (!next) break;
      await this.retry(shift, next);
    }
    this.waiting = await this.store.waitingKeys();
    const isRecent = performance.now() - this.failedAt < 10_000;
    this.lookAt = performance.now() + (isRecent ? 50 : 500);
  }

  private async retry(shift: Shift<Place>, retry: Retry): Promise<void> {
    const { logId: id, tenantId, eventId, key, type } = retry;
    try {
      const event = new LogEvent(id, tenantId, eventId, key, type, retry.body);
      const work = { event, handler: this.handlerOf(type) };
      await this.commit(shift, scopeOf([work]), shift.position, async (tx) => {
        await this.effect(tx, [work], retry.tries + 1, true);
        await this.store.settle(tx, retry);
      });
    } catch (error) {
      if (this.mustStartOver(error)) throw error;
      await this.failedRetry(shift, retry, error);
    }
  }

  private async failedRetry(shift: Shift<Place>, retry: Retry, error: unknown): Promise<void> {
    const { group, logger } = this.options;
    const { letter, logId, eventId, type, tenantId } = retry;
    this.failedAt = performance.now();
    if (letter === undefined) {
      logger.warn({ group, event: eventId, type, tenant: tenantId, err: error }, 'An event that had waited failed and is tried again');
      await this.commit(shift, { kind: 'system' }, shift.position, (tx) =>
        this.store.failParked(tx, logId, textOf(error), true, retryDelaysMs[0] ?? 0),
      );
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
  private async saveWhenIdle(shift: Shift<Place>, now = false): Promise<void> {
    const { feed, position, version } = shift;
    if (!feed.isEmpty || this.store.isSame(position, feed.reached)) return;
    if (!now && performance.now() - this.savedAt < saveIdleEveryMs) return;
    const { reached } = feed;
    await this.store.savePosition(version, reached);
    shift.version++;
    shift.position = reached;
    this.savedAt = performance.now();
  }

  private idleMs(): number {
    return this.waiting.size === 0 ? 1000 : Math.max(1, Math.min(1000, this.lookAt - performance.now()));
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
