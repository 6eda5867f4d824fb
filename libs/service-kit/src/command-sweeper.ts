import { CommandSweep, Database } from '@cordboard/persistence';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOG } from './platform';

/** Sweeps the command table while the service runs; a service that has the table has this among its providers. */
@Injectable()
export class CommandSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly commands: CommandSweep;

  constructor(database: Database, @Inject(LOG) log: Logger) {
    this.commands = new CommandSweep({
      database,
      onError: (error) => log.warn({ err: error }, 'Old results of mutations could not be deleted; it is tried again in ten minutes'),
    });
  }

  onApplicationBootstrap(): void {
    this.commands.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.commands.stop();
  }
}
