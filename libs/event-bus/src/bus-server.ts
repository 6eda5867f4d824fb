import type { Database } from '@cordboard/persistence';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { BusContext } from './bus-context';
import { GroupConsumer } from './group-consumer';
import { groupHandlers, type Handler } from './handlers';
import type { LogReader } from './log-reader';
import type { BusLogger } from './logger';
import { busTransport, type Subscription } from './on-event';
import type { BusMetrics } from './options';
import { TailConsumer } from './tail-consumer';

const sweepEveryMs = 600_000;

/** Where a service's share of the bus gets its things from. */
export interface PgBusServerOptions {
  /** The service's name, as in its schema. */
  service: string;
  /** The service's own database: handlers' transactions run in it. Its schema has the `processed` table. */
  database: Database;
  /** The process's reader of the log. */
  reader: LogReader;
  logger: BusLogger;
  metrics?: BusMetrics;
}

/**
 * A service's event handlers on the PostgreSQL log, as a Nest transport. Only methods marked with `@OnEvent`,
 * `@OnEventBatch` or `@OnTail` are taken; Nest's chaining of handlers of one pattern, and its `handleEvent`, which
 * does not wait for them, are not used: every handler is awaited by its group and its error counts.
 */
export class PgBusServer extends Server implements CustomTransportStrategy {
  override transportId = busTransport;
  private readonly bound = new Map<symbol, Handler>();
  private groups: GroupConsumer[] = [];
  private tails: TailConsumer[] = [];
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(private readonly options: PgBusServerOptions) {
    super();
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false, extras: { bus?: Subscription } = {}): void {
    const { bus: subscription } = extras;
    if (!isEventHandler || !subscription) return;
    const known = this.bound.get(subscription.handler);
    if (known) {
      known.types.add(String(pattern));
      return;
    }
    const call = async (data: unknown, context?: BusContext) => {
      await lastValueFrom(this.transformToObservable(await callback(data, context)), { defaultValue: undefined });
    };
    this.bound.set(subscription.handler, { subscription, types: new Set([String(pattern)]), call } as Handler);
  }

  /** Calls back when the tails are connected: from here on they see every event. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    const { service, database, reader, logger, metrics } = this.options;
    try {
      const handlers = [...this.bound.values()];
      const groups = groupHandlers(handlers);
      await reader.start();
      const isTail = (handler: Handler): handler is Handler<'tail'> => handler.subscription.mode === 'tail';
      this.tails = handlers.filter(isTail).map((handler) => new TailConsumer(handler, reader, logger));
      for (const tail of this.tails) await tail.start();
      this.groups = [...groups].map(([group, byType]) => new GroupConsumer({ group, handlers: byType, database, reader, logger, metrics }));
      for (const group of this.groups) group.start();
      if (groups.size > 0) this.sweeper = setInterval(() => this.startSweep(), sweepEveryMs);
      logger.info({ service, groups: [...groups.keys()], tails: this.tails.length }, 'The event bus is connected');
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Finishes what is in hand, stores the positions, gives the groups up. The reader belongs to the process and goes on. */
  async close(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all([...this.groups, ...this.tails].map((consumer) => consumer.stop()));
    await this.sweeping;
  }

  on(): never {
    throw new Error('The bus has no transport events; use its metrics.');
  }

  unwrap<Result>(): Result {
    return this.options.reader as Result;
  }

  private startSweep(): void {
    this.sweeping = this.sweep().catch((error: unknown) => {
      this.options.logger.warn({ reason: (error as Error).message }, 'Old notes of handled events could not be deleted');
    });
  }

  private async sweep(): Promise<void> {
    for (let deleted = 1000; deleted === 1000; ) {
      const row = await this.options.database.system((tx) => tx.first<{ n: string }>('select sweep_processed(1000) as n'));
      deleted = Number(row?.n ?? 0);
    }
  }
}
