import { Feed } from './feed';
import type { Handler } from './handlers';
import type { LogReader } from './log-reader';
import type { BusLogger } from './logger';
import { tellTail } from './tell-tail';

/**
 * Hands a tail handler every event that is committed after `start`, in order. Its place is a snapshot in memory:
 * a tail that falls behind catches up from the log and misses nothing, and holds up nobody.
 */
export class TailConsumer {
  private feed: Feed | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly handler: Handler<'tail'>,
    private readonly reader: LogReader,
    private readonly logger: BusLogger,
  ) {}

  async start(): Promise<void> {
    this.feed = new Feed(this.reader, this.handler.types, await this.reader.now());
    this.running = this.run(this.feed);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.feed?.wake();
    await this.running;
    this.feed?.close();
  }

  private async run(feed: Feed): Promise<void> {
    const { name } = this.handler.subscription;
    while (!this.stopping) {
      try {
        const items = await feed.next(500, 1000);
        const events = items.map(({ event }) => event);
        await tellTail(this.handler, events, this.logger);
      } catch (error) {
        this.logger.warn({ tail: name, reason: (error as Error).message }, 'A tail cannot catch up just now');
        await new Promise((next) => setTimeout(next, 200));
      }
    }
  }
}
