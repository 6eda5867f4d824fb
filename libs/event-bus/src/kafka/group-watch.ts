import type { Database } from '@cordboard/persistence';
import type { BusLogger } from '../logger';
import type { GroupStats } from '../options';
import { type Broker, kafkaGroups } from './kafka-groups';

const everyMs = 5000;

/** Looks at the groups on Kafka every few seconds, beside other work, and keeps what it saw last. */
export class GroupWatch {
  private seen: Record<string, GroupStats> = {};
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly logger: BusLogger,
  ) {}

  /** None while nobody looks, or when they could not be seen. */
  get groups(): Record<string, GroupStats> {
    return this.seen;
  }

  /** Begins to look when it is time to. */
  look(broker: Broker): void {
    if (this.looking || performance.now() - this.lookedAt < everyMs) return;
    this.lookedAt = performance.now();
    const look = kafkaGroups(this.database, broker).catch((error: unknown) => {
      this.logger.warn({ reason: (error as Error).message }, 'How far the groups on Kafka are cannot be told just now');
      return {};
    });
    this.looking = look.then((groups) => {
      this.seen = groups;
      this.looking = undefined;
    });
  }

  async end(): Promise<void> {
    await this.looking;
    this.seen = {};
  }
}
