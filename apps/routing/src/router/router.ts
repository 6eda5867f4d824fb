import { Database } from '@cordboard/persistence';
import { LOG, Metrics } from '@cordboard/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Changes } from '../change/changes';
import { CycleSignal } from '../change/cycle-signal';
import { type ChoiceRules, choose } from '../choice/choose';
import { makeOffers } from '../offer/make-offers';
import { RoutingConfig } from '../routing.config';
import { lookRound } from './look-round';
import { settleStranded } from './settle-stranded';
import { takeSnapshot } from './snapshot';

/** One step of priority is worth this much waiting. */
const priorityStepMs = 5 * 60_000;
/** Offers in one transaction; a longer queue is served by the next cycle. */
const batchSize = 50;
/** How soon to look again when another router had the operator. */
const retryMs = 20;
const waitBuckets = [0.05, 0.1, 0.3, 1, 5, 20, 60, 300, 1200];

/**
 * The routing cycle. A cycle brings home what lost agents left behind, then makes the offers that are possible. It is
 * run when somebody signals, and every `ROUTING_SWEEP_MS` in any case, so nothing depends on a signal being heard. In
 * this process one runs at a time: a signal during a cycle gives one more after it. Across processes the advisory lock
 * of takeSnapshot lets one router choose for an operator; the statements of makeOffers would refuse a second anyway.
 */
@Injectable()
export class Router implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rules: ChoiceRules;
  private readonly sweepMs: number;
  private readonly waits: ReturnType<Metrics['histogram']>;
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
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.rules = { priorityStepMs, refusalMemoryMs: config.refusalMemoryMs, refusalPauseMs: config.refusalPauseMs };
    this.sweepMs = config.sweepMs;
    this.waits = metrics.histogram('offer_wait_seconds', 'How long a conversation had waited when it was offered.', waitBuckets);
  }

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
    let seen = await lookRound(this.database);
    if (await settleStranded(this.changes, seen)) seen = await lookRound(this.database);
    let made = 0;
    for (const { operator_id, tenant_ids } of seen.waiting) made += await this.offerFor(operator_id, tenant_ids);
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
      const waits = await makeOffers(change, choose(snapshot).slice(0, batchSize));
      change.tx.onCommitted(() => {
        for (const ms of waits) this.waits.observe(ms / 1000);
      });
      return waits.length;
    });
  }

  private wakeSoon(): void {
    clearTimeout(this.retry);
    if (!this.stopped) this.retry = setTimeout(() => this.wake(), retryMs);
  }
}
