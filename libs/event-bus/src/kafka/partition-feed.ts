import type { KafkaMessage } from 'kafkajs';
import type { Feed, FeedItem } from '../group-worker';
import { fromRecord } from './record';

/**
 * What was fetched of a partition and is not handled yet. Who fetches waits until a worker has taken and handled it
 * all (`settled`), so at most one fetch is held in memory.
 */
export class PartitionFeed implements Feed<number> {
  private items: FeedItem<number>[] = [];
  private isOut = false;
  private isClosed = false;
  private wakeUp: (() => void) | undefined;
  private settle: (() => void) | undefined;

  constructor(
    private readonly types: ReadonlySet<string>,
    private position: number,
    /** Offsets that were handled before they stood here. */
    private readonly beyond: ReadonlySet<number>,
  ) {}

  get reached(): number {
    return this.position;
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** Records as they stand in the partition; `next` is the offset after the last. */
  offer(records: readonly KafkaMessage[], next: number): void {
    for (const record of records) {
      const event = Number(record.offset) >= this.position ? fromRecord(record) : undefined;
      if (event && this.types.has(event.type) && !this.beyond.has(event.id)) this.items.push({ event, after: event.id + 1 });
    }
    this.position = Math.max(this.position, next);
    const last = this.items.at(-1);
    if (last) last.after = this.position;
    this.wakeUp?.();
  }

  async next(max: number, waitMs: number, gatherMs: number): Promise<FeedItem<number>[]> {
    this.isOut = false;
    if (this.isEmpty) {
      this.settle?.();
      await this.wait(waitMs);
    }
    if (gatherMs > 0 && !this.isEmpty && this.items.length < max) await new Promise((next) => setTimeout(next, gatherMs));
    const items = this.items.splice(0, max);
    this.isOut = items.length > 0;
    return items;
  }

  /** Resolves to `handled` or `closed`, or to `busy` after `ms`. */
  async settled(ms: number): Promise<'handled' | 'closed' | 'busy'> {
    if (!this.isClosed && (!this.isEmpty || this.isOut)) {
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(resolve, ms);
        this.settle = () => {
          clearTimeout(timeout);
          resolve();
        };
      });
    }
    if (this.isClosed) return 'closed';
    return this.isEmpty && !this.isOut ? 'handled' : 'busy';
  }

  wake(): void {
    this.wakeUp?.();
  }

  close(): void {
    this.isClosed = true;
    this.settle?.();
    this.wakeUp?.();
  }

  private wait(ms: number): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timeout);
        this.wakeUp = undefined;
        resolve();
      };
    });
  }
}
