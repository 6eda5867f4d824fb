import { catalogue } from '@cordboard/events';
import { type Database, failpoint } from '@cordboard/persistence';
import type { Admin, Kafka, Message } from 'kafkajs';
import { Feed } from '../feed';
import type { FeedItem } from '../group-worker';
import { KeptGoing } from '../kept-going';
import type { Lease } from '../leases';
import type { LogReader } from '../log-reader';
import { LogStore } from '../log-store';
import type { BusLogger } from '../logger';
import type { BusStats } from '../options';
import type { Position } from '../position';
import { CheckedProducer } from './checked-producer';
import { clearHandled } from './clear-handled';
import { GroupWatch } from './group-watch';
import type { Broker } from './kafka-groups';
import { type KafkaOptions, prefixOf } from './kafka-options';
import { KeptAdmin } from './kept-admin';
import { openKafka, withAdmin } from './open-kafka';
import { toRecord } from './record';
import { kafkaTopic, makeTopics, topicNames } from './topics';

export interface KafkaRelayOptions {
  kafka: KafkaOptions;
  /** The process's reader of the log that is relayed. */
  reader: LogReader;
  /** As the bus's own role: the position is moved in it, and groups are looked at. */
  database: Database;
  logger: BusLogger;
}

const atMost = 500;
/** Each batch is fetched by every group and tail: the events of some milliseconds go together. */
const gatherMs = 10;
const leadEveryMs = 500;
const clearEveryMs = 600_000;
/** A relay that does not lead has asked for the lease within this time, or something is wrong. */
const standbyMs = 5000;

/** The group whose position in the log says what has been carried to a cluster. */
export const relayGroup = (prefix: string, clusterId: string) => `relay ${prefix} ${clusterId}`;

/**
 * Carries a database's log to Kafka: the log is the outbox. Of all processes that run one, the one that holds the
 * lease works. Events go out in the order of the log, a batch at a time, and the position moves when all copies of a
 * batch are acknowledged: what fails in between is sent again, by a new producer, from the stored position. Events may
 * thus come twice, never in a new order: of each key the first copies keep the order of the log, even when an earlier
 * relay wakes and finishes its batch among those of the next.
 *
 * The position belongs to the cluster: on another cluster everything the log still holds is sent.
 */
export class KafkaRelay {
  private readonly going: KeptGoing;
  private readonly kafka: Kafka;
  private readonly prefix: string;
  private readonly topics: ReadonlySet<string>;
  private readonly watch: GroupWatch;
  private feed: Feed | undefined;
  private readonly probe: KeptAdmin;
  private isLeading = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  private clearedAt = performance.now();
  private sent = 0;
  private onCaughtUp: () => void = () => undefined;

  constructor(private readonly options: KafkaRelayOptions) {
    this.kafka = openKafka(options.kafka, options.logger);
    this.probe = new KeptAdmin(this.kafka);
    this.prefix = prefixOf(options.kafka);
    this.topics = new Set(topicNames(options.kafka));
    this.watch = new GroupWatch(options.database, options.logger);
    this.going = new KeptGoing({ group: 'relay', logger: options.logger }, (onProgress) => this.run(onProgress));
  }

  async start(): Promise<void> {
    await this.options.reader.start();
    this.going.start();
  }

  /** Rejects while the brokers do not answer. */
  async ready(): Promise<void> {
    if (this.isLeading) await this.probe.ask((admin) => admin.describeCluster());
    else if (performance.now() - this.askedAt > standbyMs) throw new Error('Kafka or the log does not answer.');
  }

  /** Events sent since it started. */
  get carried(): number {
    return this.sent;
  }

  /** Resolves when everything the log holds at some moment from now on is at the brokers. */
  caughtUp(): Promise<void> {
    return new Promise((resolve) => {
      this.onCaughtUp = resolve;
    });
  }

  /** Plain figures for metrics, at most some seconds old: of the log as its reader has them, of the groups on Kafka where this relay leads. */
  stats(): BusStats {
    const stats = this.options.reader.stats();
    return { ...stats, groups: { ...stats.groups, ...this.watch.groups } };
  }

  /** Finishes the batch in hand and gives the lease up. */
  async stop(): Promise<void> {
    const stopped = this.going.stop();
    this.feed?.wake();
    await stopped;
    await this.probe.close();
  }

  private async run(onProgress: () => void): Promise<void> {
    await withAdmin(this.kafka.admin(), async (admin) => {
      const { clusterId } = await admin.describeCluster();
      const group = relayGroup(this.prefix, clusterId);
      const lease = await this.options.reader.tryLead(group);
      this.askedAt = performance.now();
      if (lease) await this.lead(lease, group, { admin, clusterId, topics: this.topics }, onProgress);
    });
    await this.going.pause(leadEveryMs);
  }

  private async lead(lease: Lease, group: string, broker: Broker, onProgress: () => void): Promise<void> {
    const { admin } = broker;
    const producer = new CheckedProducer(this.kafka);
    try {
      await makeTopics(admin, this.options.kafka);
      await producer.connect();
      this.isLeading = true;
      await this.carry(lease, group, producer, async () => {
        onProgress();
        this.watch.look(broker);
        await this.clear(admin);
      });
    } finally {
      this.isLeading = false;
      this.feed?.close();
      this.feed = undefined;
      await producer.disconnect();
      await lease.release();
      await this.watch.end();
    }
  }

  private async carry(lease: Lease, group: string, producer: CheckedProducer, onBatch: () => Promise<void>): Promise<void> {
    const { reader, database } = this.options;
    const store = new LogStore(database, group);
    const { version, ...position } = await reader.openPosition(group);
    const feed = new Feed(reader, everyType, position);
    let stored = version;
    this.feed = feed;
    while (!this.going.isStopping && !lease.isLost) {
      const items = await feed.next(atMost, 1000, gatherMs);
      const last = items.at(-1);
      if (last && !lease.isLost) {
        failpoint('before-publish');
        await this.send(producer, items);
        this.sent += items.length;
        failpoint('after-publish-before-position');
        await store.savePosition(stored++, last.after);
      }
      if (!last && feed.isLive) this.onCaughtUp();
      await onBatch();
    }
  }

  private async send(producer: CheckedProducer, items: readonly FeedItem<Position>[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { event } of items) {
      const topic = kafkaTopic(this.prefix, event.type);
      const messages = byTopic.get(topic) ?? [];
      byTopic.set(topic, messages);
      messages.push(toRecord(event));
    }
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
    await producer.send(topicMessages);
  }

  private async clear(admin: Admin): Promise<void> {
    if (performance.now() - this.clearedAt < clearEveryMs) return;
    this.clearedAt = performance.now();
    await clearHandled(admin, this.prefix).catch((error: unknown) => {
      this.options.logger.warn({ reason: (error as Error).message }, 'Old work could not be deleted from Kafka');
    });
  }
}

const everyType: ReadonlySet<string> = new Set(catalogue.map(({ type }) => type));
