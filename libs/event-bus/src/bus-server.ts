import type { Database } from '@cordboard/persistence';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { BusContext } from './bus-context';
import type { Handler } from './handlers';
import type { BusLogger } from './logger';
import { busTransport, type Subscription } from './on-event';
import type { BusMetrics } from './options';

const sweepEveryMs = 600_000;

export interface BusServerOptions {
  /** The service's name, as in its schema. */
  service: string;
  /** The service's own database: handlers' transactions run in it. Its schema has the `processed` table. */
  database: Database;
  logger: BusLogger;
  metrics?: BusMetrics;
}

/** Something that was connected for the handlers. */
export interface Consumer {
  /** Finishes what is in hand and gives it up. */
  stop(): Promise<void>;
}

/**
 * A service's event handlers on the bus, as a Nest transport. Only methods marked with `@OnEvent`, `@OnTail` or one of
 * their batches are taken; Nest's chaining of handlers of one pattern, and its `handleEvent`, which does not wait for
 * them, are not used: every handler is awaited by its group and its error counts.
 */
export abstract class BusServer<Options extends BusServerOptions> extends Server implements CustomTransportStrategy {
  override transportId = busTransport;
  private readonly bound = new Map<symbol, Handler>();
  private consumers: readonly Consumer[] = [];
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(protected readonly options: Options) {
    super();
  }

  /** Connects the handlers; when it resolves, the tails see every event from here on. */
  protected abstract connect(handlers: readonly Handler[]): Promise<Consumer[]>;

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
    const { service, logger } = this.options;
    try {
      const handlers = [...this.bound.values()];
      this.consumers = await this.connect(handlers);
      if (handlers.some((handler) => handler.subscription.mode !== 'tail')) {
        this.sweeper = setInterval(() => this.startSweep(), sweepEveryMs);
      }
      logger.info({ service, consumers: this.consumers.length }, 'The event bus is connected');
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Finishes what is in hand, stores the positions, gives the groups up. */
  async close(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.sweeping;
  }

  on(): never {
    throw new Error('The bus has no transport events; use its metrics.');
  }

  unwrap<Result>(): Result {
    return this.options as unknown as Result;
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
