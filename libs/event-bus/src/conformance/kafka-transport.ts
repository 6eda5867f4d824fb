import { randomBytes } from 'node:crypto';
import type { Database } from '@cordboard/persistence';
import { eventually, type TestDatabase, testDatabase } from '@cordboard/testing';
import type { Type } from '@nestjs/common';
import { type Admin, ConfigResourceTypes, type Kafka, type KafkaMessage, Partitioners } from 'kafkajs';
import { clearHandled } from '../kafka/clear-handled';
import { KafkaBusServer } from '../kafka/kafka-bus-server';
import type { KafkaOptions } from '../kafka/kafka-options';
import { KafkaRelay } from '../kafka/kafka-relay';
import { openKafka } from '../kafka/open-kafka';
import { topicConfigs, workTopic } from '../kafka/topics';
import type { LogReader } from '../log-reader';
import { busMigrations } from '../migrations';
import { consumerMigrations, PgTransport, quiet } from './pg-transport';
import type { Process } from './transport-under-test';

type TopicOptions = KafkaOptions & { prefix: string };

/** Kafka with topics of its own, fed by a relay from a database of its own. */
export class KafkaTransport extends PgTransport {
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly relayReader: LogReader;
  private readonly relay: KafkaRelay;
  private readonly topics: string[];

  private constructor(
    testing: TestDatabase,
    publisher: Database,
    readonly options: TopicOptions,
  ) {
    super(testing, publisher);
    this.kafka = openKafka(options, quiet);
    this.admin = this.kafka.admin();
    this.relayReader = this.reader('relay');
    this.relay = new KafkaRelay({ kafka: options, reader: this.relayReader, database: testing.databaseFor('bus'), logger: quiet });
    this.topics = topicConfigs(options).map(({ topic }) => topic);
  }

  static async onBrokers(brokers: string, partitions: number): Promise<KafkaTransport> {
    const testing = await testDatabase({ schemas: [busMigrations, consumerMigrations] });
    return KafkaTransport.over({ testing, publisher: testing.databaseFor('consumer') }, KafkaTransport.newTopics(brokers, partitions));
  }

  /** On the database of another transport whose processes are stopped; closing it closes both. */
  static async over({ testing, publisher }: Pick<PgTransport, 'testing' | 'publisher'>, options: TopicOptions): Promise<KafkaTransport> {
    const transport = new KafkaTransport(testing, publisher, options);
    await transport.admin.connect();
    await transport.relay.start();
    return transport;
  }

  static newTopics(brokers: string, partitions: number): TopicOptions {
    return { brokers: brokers.split(','), prefix: `test-${randomBytes(6).toString('hex')}`, partitions };
  }

  /** Of the relay, as /metrics shows it. */
  stats() {
    return this.relay.stats();
  }

  /** What was published before has reached the brokers by now. */
  override async start(controllers: Type[], script: object): Promise<Process> {
    await this.relayed();
    return super.start(controllers, script);
  }

  protected override serve(_name: string, database: Database) {
    const server = new KafkaBusServer({ service: 'consumer', database, kafka: this.options, logger: quiet });
    return { server, release: async () => undefined };
  }

  /** Clears the outbox and the work topic, and has the broker compact the entity topics now rather than some day. */
  override async housekeep(): Promise<void> {
    await this.relayed();
    await super.housekeep();
    await clearHandled(this.admin, this.options.prefix, 0);
    for (const topic of this.topics) {
      if (topic !== workTopic(this.options.prefix) && (await this.length(topic)) > 0) await this.compact(topic);
    }
  }

  override async held(): Promise<number> {
    let held = 0;
    for (const topic of this.topics) {
      held += topic === workTopic(this.options.prefix) ? await this.length(topic) : (await this.records(topic)).length;
    }
    return held;
  }

  override async close(): Promise<void> {
    await this.stopAll();
    await this.leave();
    await super.close();
  }

  /** Stops the relay and deletes the topics; the database stays. */
  async leave(): Promise<void> {
    await this.relay.stop();
    await this.relayReader.stop();
    await this.admin.deleteTopics({ topics: this.topics });
    await this.admin.disconnect();
  }

  private relayed(): Promise<unknown> {
    return eventually(
      async () => {
        const { rows } = await this.testing.admin.query<{ waiting: boolean }>(
          `select exists (
             select from bus.log l where not exists (select from bus.position p where p.grp like 'relay %' and pg_visible_in_snapshot(l.xid, p.done))
           ) as waiting`,
        );
        return rows[0]?.waiting === false;
      },
      { timeoutMs: 20_000 },
    );
  }

  private async length(topic: string): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  /** A segment is compacted once the next has begun: a record that only deletes begins one in each partition. */
  private async compact(topic: string): Promise<void> {
    const settings = { 'cleanup.policy': 'compact', 'segment.ms': '100', 'min.cleanable.dirty.ratio': '0', 'max.compaction.lag.ms': '100' };
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    await this.admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }] });
    const producer = this.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    await eventually(
      async () => {
        const partitions = await this.admin.fetchTopicOffsets(topic);
        await producer.send({ topic, messages: partitions.map(({ partition }) => ({ key: 'nobody', value: null, partition })) });
        const keys = (await this.records(topic)).map(({ key }) => String(key));
        return new Set(keys).size === keys.length;
      },
      { timeoutMs: 20_000, everyMs: 500 },
    ).finally(() => producer.disconnect());
  }

  /** What a reader from the beginning finds, records that only delete aside. */
  private async records(topic: string): Promise<KafkaMessage[]> {
    const ends = new Map<number, number>();
    for (const { partition, high, low } of await this.admin.fetchTopicOffsets(topic)) {
      if (Number(high) > Number(low)) ends.set(partition, Number(high));
    }
    const found: KafkaMessage[] = [];
    if (ends.size === 0) return found;
    const consumer = this.kafka.consumer({ groupId: `${this.options.prefix}.tail.held-${randomBytes(4).toString('hex')}` });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve) => {
      void consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          found.push(...batch.messages.filter(({ value }) => value !== null));
          if (Number(batch.lastOffset()) + 1 >= (ends.get(batch.partition) ?? 0)) ends.delete(batch.partition);
          if (ends.size === 0) resolve();
        },
      });
    });
    await consumer.disconnect();
    return found;
  }
}
