import { BusServer, type BusServerOptions, type Consumer } from './bus-server';
import { GroupConsumer } from './group-consumer';
import { groupHandlers, type Handler, isTail } from './handlers';
import type { LogReader } from './log-reader';
import { TailConsumer } from './tail-consumer';

/** Where a service's share of the bus gets its things from. */
export interface PgBusServerOptions extends BusServerOptions {
  /** The process's reader of the log; it goes on when the server is closed. */
  reader: LogReader;
}

/** A service's event handlers on the PostgreSQL log. */
export class PgBusServer extends BusServer<PgBusServerOptions> {
  protected async connect(handlers: readonly Handler[]): Promise<Consumer[]> {
    const { reader, logger } = this.options;
    const groups = groupHandlers(handlers);
    await reader.start();
    const tails = handlers.filter(isTail).map((handler) => new TailConsumer(handler, reader, logger));
    for (const tail of tails) await tail.start();
    const consumers = [...groups].map(([group, byType]) => new GroupConsumer({ ...this.options, group, handlers: byType }));
    for (const consumer of consumers) consumer.start();
    return [...tails, ...consumers];
  }
}
