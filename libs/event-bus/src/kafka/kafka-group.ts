import { setTimeout } from 'node:timers/promises';
import type { EachBatchPayload, Kafka, Consumer as KafkaConsumer } from 'kafkajs';
import type { Consumer } from '../bus-server';
import type { GroupOptions } from '../group-worker';
import { KeptGoing } from '../kept-going';
import { isBrokerTrouble } from '../transient';
import type { KeptAdmin } from './kept-admin';
import { oldestFirst } from './oldest-first';
import { retry } from './open-kafka';
import { PartitionLane } from './partition-lane';
import { PartitionStore } from './partition-store';
import { nameOf, placeOf } from './place';
import { topicsOf } from './topics';

/** The cluster as a process sees it. */
export interface KafkaLink {
  kafka: Kafka;
  admin: KeptAdmin;
  clusterId: string;
  prefix: string;
}

/**
 * How consumers are set: a lost process is taken over after 6 s, the least a broker grants, one that leaves at once. While
 * the broker that keeps the group's members is away a member tries for about as long, 10 times, and then joins anew: kafkajs
 * looks for the broker that keeps them now only then. What it knows of partitions' leaders is never older than 5 s.
 */
export const consumerSettings = {
  sessionTimeout: 6000,
  rebalanceTimeout: 8000,
  metadataMaxAge: 5000,
  retry: { ...retry, retries: 10 },
  heartbeatInterval: 500,
  maxWaitTimeInMs: 50,
  allowAutoTopicCreation: false,
};
const lookEveryMs = 200;
const noteEveryMs = 1000;
const noteWithinMs = 1000;
const lanesAtOnce = 8;

/**
 * A consumer group on Kafka. Its members share the partitions; each partition has a lane, and the position that counts
 * is the one in the service's database, stored with the effects. The offsets noted at the broker follow it: they tell
 * housekeeping and other tools what is handled, and nothing is read by them.
 *
 * Fetching stands still for a partition until its lane has taken it over and after what was fetched is handled. A
 * rebalance is noticed between two transactions: the lanes finish the one in hand, then the group is joined again.
 * Whoever notices late has its version moved by the next owner, and its transaction fails.
 */
export class KafkaGroup implements Consumer {
  private readonly going: KeptGoing;
  private readonly topics: readonly string[];
  private readonly since = Date.now();
  private lanes = new Map<string, PartitionLane>();
  private assigning: Promise<unknown> = Promise.resolve();
  private notedAt = 0;
  private noting: Promise<void> | undefined;
  private noted = new Map<string, number>();
  private joined: () => void = () => undefined;
  private end: () => void = () => undefined;

  constructor(
    private readonly options: GroupOptions,
    private readonly link: KafkaLink,
  ) {
    this.topics = topicsOf(link.prefix, options.handlers.keys());
    this.going = new KeptGoing(options, (onProgress) => this.run(onProgress));
  }

  /** Resolves when the group is joined. */
  async start(): Promise<void> {
    await new Promise<void>((joined) => {
      this.joined = joined;
      this.going.start();
    });
  }

  async stop(): Promise<void> {
    const stopped = this.going.stop();
    this.end();
    await stopped;
  }

  private async run(onProgress: () => void): Promise<void> {
    const { kafka, prefix } = this.link;
    const groupId = `${prefix}.${this.options.group}`;
    const consumer = kafka.consumer({ ...consumerSettings, groupId, partitionAssigners: [oldestFirst(this.since)] });
    const over = new Promise<void>((ended, failed) => {
      this.end = ended;
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) failed(payload.error);
      });
    });
    over.catch(() => undefined);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.assign(consumer, payload.memberAssignment);
      onProgress();
      this.joined();
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: lanesAtOnce,
        eachBatch: (payload) => this.take(consumer, payload),
      });
      if (!this.going.isStopping) await over;
    } finally {
      await this.drain();
      await this.noting;
      await this.note(consumer);
      await consumer.disconnect();
    }
  }

  /** Called on joining, before anything is fetched: each partition is shut until its lane knows where it stands. */
  private assign(consumer: KafkaConsumer, assignment: Record<string, number[]>): void {
    const before = [...this.lanes.values()];
    const partitions = Object.entries(assignment).flatMap(([topic, ids]) => ids.map((partition) => ({ topic, partition })));
    consumer.pause(Object.entries(assignment).map(([topic, ids]) => ({ topic, partitions: ids })));
    this.lanes = new Map(partitions.map(({ topic, partition }) => [nameOf(topic, partition), this.lane(consumer, topic, partition)]));
    const { lanes } = this;
    const free = Promise.all([this.assigning, ...before.map((lane) => lane.stop())]);
    this.assigning = free.then(() => {
      for (const lane of lanes.values()) lane.start();
    });
  }

  private lane(consumer: KafkaConsumer, topic: string, partition: number): PartitionLane {
    const { clusterId, admin } = this.link;
    const store = new PartitionStore(this.options.database, this.options.group, clusterId, nameOf(topic, partition));
    return new PartitionLane(this.options, store, {
      earliest: async () => {
        const offsets = await admin.ask((asked) => asked.fetchTopicOffsets(topic));
        return Number(offsets.find((found) => found.partition === partition)?.low ?? 0);
      },
      open: (offset) => {
        consumer.seek({ topic, partition, offset: String(offset) });
        consumer.resume([{ topic, partitions: [partition] }]);
      },
      shut: () => {
        try {
          consumer.pause([{ topic, partitions: [partition] }]);
        } catch (error) {
          // Between a crash of the consumer and its restart nothing is fetched.
          if (!isBrokerTrouble(error)) throw error;
        }
      },
    });
  }

  private async take(consumer: KafkaConsumer, { batch, resolveOffset, heartbeat, isStale }: EachBatchPayload): Promise<void> {
    const lane = this.lanes.get(nameOf(batch.topic, batch.partition));
    const feed = lane?.feed;
    if (!lane || !feed || isStale()) return;
    feed.offer(batch.messages, Number(batch.lastOffset()) + 1);
    for (;;) {
      const state = await feed.settled(lookEveryMs);
      if (state === 'closed') return;
      if (state === 'handled') break;
      await heartbeat().catch(async (error: unknown) => {
        await lane.stop();
        throw error;
      });
    }
    resolveOffset(batch.lastOffset());
    if (performance.now() - this.notedAt > noteEveryMs) void this.note(consumer);
  }

  /** Ends the lanes, each after the transaction in hand. */
  private async drain(): Promise<void> {
    await this.assigning;
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
  }

  /** Tells the broker how far the group has come, as long as it answers soon: nobody waits for a note. */
  private note(consumer: KafkaConsumer): Promise<void> {
    this.notedAt = performance.now();
    const tooLate = setTimeout(noteWithinMs, undefined, { ref: false });
    this.noting ??= Promise.race([this.tell(consumer), tooLate])
      .catch(() => undefined)
      .finally(() => {
        this.noting = undefined;
      });
    return this.noting;
  }

  private async tell(consumer: KafkaConsumer): Promise<void> {
    const offsets = [...this.lanes].flatMap(([name, { position }]) =>
      position === undefined || this.noted.get(name) === position ? [] : [{ name, position }],
    );
    if (offsets.length === 0) return;
    await consumer.commitOffsets(offsets.map(({ name, position }) => ({ ...placeOf(name), offset: String(position) })));
    for (const { name, position } of offsets) this.noted.set(name, position);
  }
}
