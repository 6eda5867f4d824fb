import { Database } from '@cordboard/persistence';
import { LOG } from '@cordboard/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Changes } from '../change/changes';
import { CycleSignal } from '../change/cycle-signal';
import { type ChoiceRules, choose } from '../choice/choose';
import { makeOffers } from '../offer/make-offers';
import { RoutingConfig } from '../routing.config';
import { settleStranded } from './settle-stranded';
import { takeSnapshot } from './snapshot';

/** One step of priority is worth this much waiting. */
const priorityStepMs = 5 * 60_000;
/** Offers in one transaction; a longer queue is served by the next cycle. */
const batchSize = 50;
/** How soon to look again when another router had the operator. */
const retryMs = 20;

/**
 * The routing cycle. A cycle brings home what lost agents left behind, then makes the offers that are possible. It is
 * run when somebody signals, and every `ROUTING_SWEEP_MS` in any case, so nothing depends on a signal being heard. In
 * this process one runs at a time: a signal during a cycle gives one more after it. Across processes the advisory lock
 * of takeSnapshot lets one router choose for an operator; the statements of makeOffers would refuse a second anyway.
 */
@Injectable()
export class Router implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rules: ChoiceRules;
  private stopped = true;
  private signalled = false;
  private running: Promise<void> | undefined;
  private sweeper: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly signal: CycleSignal,
    config: RoutingConfig,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.rules = { priorityStepMs, refusalMemoryMs: config.refusalMemoryMs, refusalPauseMs: config.refusalPauseMs };
    this.sweepMs = config.sweepMs;
  }

  private readonly sweepMs: number;

  onApplicationBootstrap(): void {
    this.stopped = false;
    this.signal.onCall(() => this.wake());
    this.sweeper = setInterval(() => this.wake(), this.sweepMs);
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.signal.onCall(undefined);
    clearInterval(this.sweeper);
    clearTimeout(this.retry);
    await this.running;
  }

  wake(): void {
    this.signalled = true;
    if (this.stopped || this.running) return;
    this.running = this.loop().finally(() => {
      this.running = undefined;
    });
  }

  /** Brings home what is stranded and makes every offer possible now. Resolves to how many were made. */
  async cycle(): Promise<number> {
    await settleStranded(this.database, this.changes);
    const operators = await this.database.system((tx) =>
      tx.query<{ operator_id: string; tenant_ids: string[] }>({ name: 'router-operators', text: 'select * from waiting()' }),
    );
    let made = 0;
    for (const { operator_id, tenant_ids } of operators) made += await this.offerFor(operator_id, tenant_ids);
    return made;
  }

  private async loop(): Promise<void> {
    while (this.signalled && !this.stopped) {
      this.signalled = false;
      await this.cycle().catch((error: unknown) => this.log.error({ err: error }, 'A routing cycle failed; the next sweep tries again'));
    }
  }

  private offerFor(operatorId: string, tenantIds: readonly string[]): Promise<number> {
    return this.changes.batch(tenantIds, async (change) => {
      const snapshot = await takeSnapshot(change.tx, operatorId, tenantIds, this.rules, batchSize);
      if (!snapshot) {
        this.wakeSoon();
        return 0;
      }
      const offers = await makeOffers(change, choose(snapshot).slice(0, batchSize));
      return offers.length;
    });
  }

  private wakeSoon(): void {
    clearTimeout(this.retry);
    if (!this.stopped) this.retry = setTimeout(() => this.wake(), retryMs);
  }
}
