import type { Database, Tx } from '@cordboard/persistence';
import { type Admin, Partitioners } from 'kafkajs';
import type { BusLogger } from '../logger';
import { type KafkaOptions, prefixOf } from './kafka-options';
import { openKafka, withAdmin } from './open-kafka';
import { nameOf } from './place';
import { kafkaTopic, makeTopics, topicNames } from './topics';

/** How many failed events, and events that wait for them, belong to another partition now. */
export interface Rehomed {
  letters: number;
  parked: number;
}

/** Failed and waiting events of a key, and the partition its next events come from. */
interface Home {
  grp: string;
  key: string;
  type: string;
  origin: string;
  home: string;
}

/**
 * After a distributed installation was given other topics, its failed and waiting events still belong to partitions that
 * nobody reads: takes them along. Its database is opened as the bus's own role, nobody else is at work.
 */
export async function rehomeLetters(options: { kafka: KafkaOptions; database: Database; logger: BusLogger }): Promise<Rehomed> {
  return withAdmin(openKafka(options.kafka, options.logger).admin(), async (admin) => {
    await makeTopics(admin, options.kafka);
    const homes = await homesOfKeys(admin, options.database, options.kafka);
    return options.database.system((tx) => rehome(tx, homes));
  });
}

/** Where failed and waiting events belong that stand somewhere else. */
export async function homesOfKeys(admin: Admin, database: Database, options: KafkaOptions): Promise<Home[]> {
  const keys = await database.system((tx) => tx.query<Omit<Home, 'home'>>('select * from bus.unsettled_keys()'));
  const found = await admin.fetchTopicMetadata({ topics: topicNames(options) });
  const partitionOf = Partitioners.DefaultPartitioner();
  return keys
    .map((each) => {
      const topic = kafkaTopic(prefixOf(options), each.type);
      const partitionMetadata = found.topics.find(({ name }) => name === topic)?.partitions ?? [];
      const partition = partitionOf({ topic, partitionMetadata, message: { key: each.key, value: null } });
      return { ...each, home: nameOf(topic, partition) };
    })
    .filter(({ origin, home }) => origin !== home);
}

export async function rehome(tx: Tx, homes: readonly Home[]): Promise<Rehomed> {
  const row = await tx.first<Record<keyof Rehomed, string>>('select * from bus.rehome($1)', [JSON.stringify(homes)]);
  return { letters: Number(row?.letters), parked: Number(row?.parked) };
}
