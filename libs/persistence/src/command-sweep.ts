import { setTimeout as after } from 'node:timers/promises';
import type { Database } from './database';

const sliceSize = 1000;

export interface CommandSweepOptions {
  database: Database;
  /** Services that start together first sweep at random moments of this time, not all at once. */
  firstWithinMs?: number;
  everyMs?: number;
  onError: (error: unknown) => void;
}

/**
 * Deletes the results of mutations that are older than 7 days, of all tenants, in slices of a transaction each. What could not
 * be deleted is left to the next sweep; of several replicas that sweep at once each deletes what the others have left.
 */
export class CommandSweep {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: CommandSweepOptions) {}

  start(): void {
    this.running = this.loop();
  }

  /** Finishes the slice in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  async sweep(): Promise<void> {
    for (let deleted = sliceSize; deleted === sliceSize && !this.stopping.signal.aborted; ) {
      const row = await this.options.database.system((tx) => tx.first<{ n: string }>('select sweep_command($1) as n', [sliceSize]));
      deleted = Number(row?.n ?? 0);
    }
  }

  private async loop(): Promise<void> {
    const { firstWithinMs = 60_000, everyMs = 600_000, onError } = this.options;
    for (let ms = Math.random() * firstWithinMs; await this.passed(ms); ms = everyMs) await this.sweep().catch(onError);
  }

  /** False when the sweep was stopped before. */
  private passed(ms: number): Promise<boolean> {
    return after(ms, true, { signal: this.stopping.signal }).catch(() => false);
  }
}
