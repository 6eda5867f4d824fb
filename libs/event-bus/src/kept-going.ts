import type { BusLogger } from './logger';
import { isTakenOver, isTimeout, isTransient } from './transient';

const firstBackOffMs = 50;
const longestBackOffMs = 2000;

/** Work that is taken up again whenever it ends, after a failure with a wait that grows until there is progress. */
export class KeptGoing {
  private running: Promise<void> | undefined;
  private stopping = false;
  private wakeUp: (() => void) | undefined;

  constructor(
    private readonly options: { group: string; logger: BusLogger },
    private readonly work: (onProgress: () => void) => Promise<void>,
  ) {}

  get isStopping(): boolean {
    return this.stopping;
  }

  start(): void {
    this.running = this.run();
  }

  /** Resolves when the work in hand has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp?.();
    await this.running;
  }

  /** Ends early when everything is stopped. */
  pause(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
  }

  private async run(): Promise<void> {
    const { group, logger } = this.options;
    let backOffMs = firstBackOffMs;
    while (!this.stopping) {
      try {
        await this.work(() => {
          backOffMs = firstBackOffMs;
        });
      } catch (error) {
        const reason = (error as Error).message;
        if (isTakenOver(error)) logger.info({ group, reason }, 'Another process works for the group now');
        else if (isTransient(error) || isTimeout(error)) logger.warn({ group, reason, backOffMs }, 'The group waits and goes on');
        else logger.error({ group, err: error, backOffMs }, 'The group met an unexpected error and starts over');
        await this.pause(backOffMs);
        backOffMs = Math.min(backOffMs * 2, longestBackOffMs);
      }
    }
  }
}
