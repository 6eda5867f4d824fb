import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { busTransport } from './on-event';
import type { PgBusServerOptions } from './options';

/** A service's event handlers on the PostgreSQL log, as a Nest transport. */
export class PgBusServer extends Server implements CustomTransportStrategy {
  override transportId = busTransport;

  constructor(readonly options: PgBusServerOptions) {
    super();
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    await this.options.reader.start();
    callback();
  }

  async close(): Promise<void> {}

  on(): never {
    throw new Error('The bus has no transport events.');
  }

  unwrap<Result>(): Result {
    return this.options.reader as Result;
  }
}
