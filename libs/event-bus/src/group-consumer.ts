import { Feed } from './feed';
import { type GroupOptions, GroupWorker } from './group-worker';
import { KeptGoing } from './kept-going';
import type { Lease } from './leases';
import type { LogReader } from './log-reader';
import { LogStore } from './log-store';
import type { Position } from './position';

const leadEveryMs = 500;

/**
 * A consumer group on the PostgreSQL log. Of all processes the one that holds the group's lease works, the others ask
 * for it twice a second.
 */
export class GroupConsumer {
  private readonly worker: GroupWorker<Position>;
  private readonly types: ReadonlySet<string>;
  private readonly going: KeptGoing;
  private feed: Feed | undefined;

  constructor(private readonly options: GroupOptions & { reader: LogReader }) {
    this.worker = new GroupWorker(options, new LogStore(options.database, options.group));
    this.types = new Set(options.handlers.keys());
    this.going = new KeptGoing(options, (onProgress) => this.run(onProgress));
  }

  start(): void {
    this.going.start();
  }

  /** Finishes the batch in hand, stores the position and gives the group up. */
  async stop(): Promise<void> {
    const stopped = this.going.stop();
    this.feed?.wake();
    await stopped;
  }

  private async run(onProgress: () => void): Promise<void> {
    const lease = await this.options.reader.tryLead(this.options.group);
    if (lease) await this.lead(lease, onProgress);
    else await this.going.pause(leadEveryMs);
  }

  private async lead(lease: Lease, onProgress: () => void): Promise<void> {
    const { group, reader } = this.options;
    try {
      const { version, ...position } = await reader.openPosition(group);
      const feed = new Feed(reader, this.types, position);
      this.feed = feed;
      await this.worker.work({
        feed,
        position,
        version,
        isStopping: () => this.going.isStopping,
        isLost: () => lease.isLost,
        onProgress,
      });
    } finally {
      this.feed?.close();
      this.feed = undefined;
      await lease.release();
    }
  }
}
