import { type GroupOptions, GroupWorker } from '../group-worker';
import { KeptGoing } from '../kept-going';
import { isTakenOver } from '../transient';
import { PartitionFeed } from './partition-feed';
import type { PartitionStore } from './partition-store';

/** The partition at the consumer, which fetches for all partitions of a group. */
export interface Tap {
  /** Offset of the oldest record there is. */
  earliest(): Promise<number>;
  /** Fetch from `offset` on. */
  open(offset: number): void;
  /** Fetch no more. */
  shut(): void;
}

/** Who lost the partition learns so from its group within this time, rather than taking it back. */
const yieldMs = 1000;

/** A group's way along one partition, while this process owns it. */
export class PartitionLane {
  private readonly worker: GroupWorker<number>;
  private readonly types: ReadonlySet<string>;
  private readonly going: KeptGoing;
  private current: PartitionFeed | undefined;

  constructor(
    options: GroupOptions,
    private readonly store: PartitionStore,
    private readonly tap: Tap,
  ) {
    this.worker = new GroupWorker(options, store);
    this.types = new Set(options.handlers.keys());
    this.going = new KeptGoing(options, (onProgress) => this.run(onProgress));
  }

  /** Where fetched records go; missing while the partition is being taken over. */
  get feed(): PartitionFeed | undefined {
    return this.current;
  }

  /** The offset up to which everything is handled and committed. */
  get position(): number | undefined {
    return this.worker.saved;
  }

  start(): void {
    this.going.start();
  }

  /** Finishes the transaction in hand and stores the position. */
  async stop(): Promise<void> {
    const stopped = this.going.stop();
    this.current?.wake();
    await stopped;
  }

  private async run(onProgress: () => void): Promise<void> {
    const { version, position, beyond } = await this.store.open(await this.tap.earliest());
    const feed = new PartitionFeed(this.types, position, beyond);
    this.current = feed;
    try {
      this.tap.open(position);
      await this.worker.work({ feed, position, version, isStopping: () => this.going.isStopping, isLost: () => false, onProgress });
    } catch (error) {
      this.end(feed);
      if (isTakenOver(error)) await this.going.pause(yieldMs);
      throw error;
    } finally {
      this.end(feed);
    }
  }

  private end(feed: PartitionFeed): void {
    feed.close();
    this.current = undefined;
    this.tap.shut();
  }
}
