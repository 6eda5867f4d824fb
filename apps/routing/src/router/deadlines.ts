import { Database, type Timer, TimerLoop, type Tx } from '@cordboard/persistence';
import { LOG } from '@cordboard/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { endGrace, endLease } from '../agent/lease';
import type { Change } from '../change/change';
import { Changes } from '../change/changes';
import { expireOffer } from '../offer/expire-offer';

/** Acts when a deadline of routing passes: of an offer, of a lease, of a missing agent's grace. */
@Injectable()
export class Deadlines implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: TimerLoop;

  constructor(database: Database, changes: Changes, @Inject(LOG) log: Logger) {
    const acting = (act: (change: Change, timer: Timer) => Promise<void>) => (tx: Tx, timer: Timer) =>
      changes.within(tx, undefined, (change) => act(change, timer));
    this.loop = new TimerLoop({
      database,
      handlers: { offer: acting(expireOffer), lease: acting(endLease), grace: acting(endGrace) },
      onError: (error, timer) =>
        log.error({ err: error, kind: timer?.kind, key: timer?.key }, 'A deadline could not be acted on; it is tried again'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  /** Acts on everything due now. */
  fireDue(): Promise<number> {
    return this.loop.fireDue();
  }
}
