import type { FeedItem } from './group-worker';
import type { LogReader } from './log-reader';
import { beginning, endOf, everything, type Position, type Slice } from './position';

type State = 'behind' | 'joining' | 'live';

const maxQueued = 2000;
const pageSize = 500;

/**
 * One consumer's way through the log, in order and without gaps. *live*: the reader pushes each slice it has read
 * into a queue. When the queue is longer than 2,000 events the feed leaves the reader (state *behind*), works off
 * what it has and then pages on from where the queue ended, at its own speed. To come back it is *joining*: it asks
 * the reader for its next boundary, keeps apart what the reader pushes from there on, pages up to exactly that
 * boundary and then takes in what it kept.
 */
export class Feed {
  private state: State = 'behind';
  private items: FeedItem<Position>[] = [];
  private kept: Slice[] = [];
  private keptEvents = 0;
  private wakeUp: (() => void) | undefined;
  private position: Position;

  constructor(
    private readonly reader: LogReader,
    readonly types: ReadonlySet<string>,
    start: Position,
  ) {
    this.position = start;
    reader.attach(this);
  }

  /** Where the consumer stands when it has handled everything it was given. */
  get reached(): Position {
    return this.position;
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** Whether it is pushed what the reader reads, and has been given everything before. */
  get isLive(): boolean {
    return this.state === 'live';
  }

  /**
   * Up to `max` events; none when nothing came for `waitMs` or somebody called `wake`. The first event of a quiet feed
   * waits `gatherMs` for company.
   */
  async next(max: number, waitMs: number, gatherMs = 0): Promise<FeedItem<Position>[]> {
    if (this.items.length === 0 && this.state === 'live') await this.wait(waitMs);
    else if (this.items.length === 0) await this.catchUp();
    if (gatherMs > 0 && this.items.length > 0 && this.items.length < max) await new Promise((next) => setTimeout(next, gatherMs));
    return this.items.splice(0, max);
  }

  wake(): void {
    this.wakeUp?.();
  }

  close(): void {
    this.leave();
    this.reader.detach(this);
  }

  /** Called by the reader, for a feed that has joined. */
  push(slice: Slice): void {
    if (this.state === 'live') {
      this.take(slice);
      if (this.items.length > maxQueued) this.leave();
      return;
    }
    this.kept.push(slice);
    this.keptEvents += slice.events.length;
    if (this.keptEvents > maxQueued) this.leave();
  }

  /** No more slices are pushed; the consumer goes on by paging. */
  leave(): void {
    this.reader.part(this);
    this.state = 'behind';
    this.kept = [];
    this.keptEvents = 0;
    this.wake();
  }

  private take(slice: Slice): void {
    for (const event of slice.events) {
      if (!this.types.has(event.type)) continue;
      this.items.push({ event, after: { epoch: slice.epoch, done: slice.from, target: slice.to, lastId: event.id } });
    }
    this.position = endOf(slice);
    const last = this.items.at(-1);
    if (last) last.after = this.position;
    this.wake();
  }

  /** Reads pages until there is something to give, or the feed is live. */
  private async catchUp(): Promise<void> {
    while (this.items.length === 0 && this.state !== 'live') {
      const { target } = this.position;
      if (target === null) await this.chooseTarget();
      else await this.readPage(target);
    }
  }

  private async chooseTarget(): Promise<void> {
    const { epoch, done } = this.position;
    const isPast = epoch < this.reader.epoch;
    let target = everything;
    if (!isPast) {
      this.state = 'joining';
      target = await this.reader.join(this);
      if (epoch < this.reader.epoch) return this.leave();
    }
    const first = await this.reader.firstNew(epoch, done);
    this.position = { epoch, done, target, lastId: (first ?? Number.MAX_SAFE_INTEGER) - 1 };
  }

  private async readPage(target: string): Promise<void> {
    const { epoch, done, lastId } = this.position;
    const slice = await this.reader.page({ epoch, done, target, after: lastId ?? 0, types: this.types, atMost: pageSize });
    this.take(slice);
    if (!slice.complete) return;
    if (epoch < this.reader.epoch) {
      this.position = { epoch: epoch + 1, done: beginning, target: null, lastId: null };
    } else if (this.state === 'joining') {
      this.state = 'live';
      const { kept } = this;
      this.kept = [];
      this.keptEvents = 0;
      for (const next of kept) this.push(next);
    }
  }

  private wait(ms: number): Promise<void> {
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
