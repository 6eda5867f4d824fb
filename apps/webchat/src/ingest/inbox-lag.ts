import { Metrics } from '@cordboard/service-kit';
import { Injectable } from '@nestjs/common';
import { WebchatConfig } from '../webchat.config';

/** One message in so many milliseconds is watched on its way. */
const probeEveryMs = 20;
/** Most probes on their way; with the pause above they reach back a few seconds. */
const mostProbes = 500;
/** An inbox that has recorded nothing for so long is held for away, not for slow. */
const awayAfterMs = 5_000;
/** How long a measured lag counts when nothing new was measured. */
const measuredForMs = 500;

/**
 * How far behind the inbox is, measured from outside: some of the messages we acknowledged are watched until the
 * inbox says it has recorded them. What was acknowledged should be in front of an agent soon, so when the inbox is slow
 * we stop acknowledging before its backlog grows old: from `WEBCHAT_SHED_LAG_MS` on a growing share of messages is put
 * off, from twice that all. An inbox that is away altogether is another matter: then the log keeps what we store
 * until it is back, and nothing would be gained by putting visitors off.
 */
@Injectable()
export class InboxLag {
  /** By trace, which goes with a message wherever it goes; in the order they were acknowledged. */
  private readonly probes = new Map<string, number>();
  private probedAt = Number.NEGATIVE_INFINITY;
  private recordedAt = Number.NEGATIVE_INFINITY;
  private measured = 0;
  private away = false;

  constructor(
    private readonly config: WebchatConfig,
    metrics: Metrics,
  ) {
    metrics.gauge('webchat_inbox_lag_seconds', 'How long acknowledged messages take until the inbox has them', () => this.ms() / 1000);
  }

  accepted(traceparent: string): void {
    const now = performance.now();
    if (now - this.probedAt < probeEveryMs || this.probes.size >= mostProbes) return;
    this.probedAt = now;
    if (this.probes.size === 0) this.recordedAt = Math.max(this.recordedAt, now - measuredForMs);
    this.probes.set(traceparent, now);
  }

  recorded(traceparent: string): void {
    this.away = false;
    if (this.probes.size === 0) return;
    const since = this.probes.get(traceparent);
    if (since === undefined) return;
    const now = performance.now();
    this.recordedAt = now;
    this.measured = now - since;
    // Earlier ones went through before, or are parked with their conversation: either way they measure nothing now.
    for (const [earlier, then] of this.probes) {
      if (then > since) break;
      this.probes.delete(earlier);
    }
  }

  ms(): number {
    const now = performance.now();
    if (this.probes.size > 0 && now - this.recordedAt > awayAfterMs) {
      this.away = true;
      this.probes.clear();
    }
    if (this.away) return 0;
    const [oldest] = this.probes.values();
    const measured = now - this.recordedAt < measuredForMs ? this.measured : 0;
    return Math.max(measured, oldest === undefined ? 0 : now - oldest);
  }

  /** Whether this one message is to be put off. */
  sheds(random: () => number = Math.random): boolean {
    const over = this.ms() / this.config.shedLagMs - 1;
    return over > 0 && random() < over;
  }

  retryAfterMs(): number {
    return Math.round(Math.min(5_000, Math.max(1_000, this.ms())));
  }
}
