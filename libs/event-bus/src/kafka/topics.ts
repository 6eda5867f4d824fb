import { catalogue, type TopicName, topics } from '@cordboard/events';
import type { Admin, ITopicConfig } from 'kafkajs';
import { type KafkaOptions, prefixOf } from './kafka-options';

const dayMs = 86_400_000;
const topicOf = new Map<string, TopicName>(catalogue.map(({ type, topic }) => [type, topic]));

export const workTopic = (prefix: string) => `${prefix}.work.v1`;

/**
 * Kafka keeps an order within a partition of one topic only, and the events of a key belong to several topics of the
 * catalogue: all work topics travel in one. Each entity topic is its own, for it is compacted by its own key.
 */
export function kafkaTopic(prefix: string, type: string): string {
  const topic = topicOf.get(type);
  if (!topic) throw new Error(`${type} is not in the event catalogue.`);
  return topics[topic].kind === 'entity' ? `${prefix}.${topic}` : workTopic(prefix);
}

/** Topics that carry at least one of the types. */
export const topicsOf = (prefix: string, types: Iterable<string>) => [...new Set([...types].map((type) => kafkaTopic(prefix, type)))];

/**
 * Every topic of the catalogue as it is made. Work is cleared away by housekeeping once it is 7 days old and handled; the
 * broker itself ends what nobody has handled for 14. Copies and how many must have an event are the cluster's defaults.
 */
export function topicConfigs(options: KafkaOptions): ITopicConfig[] {
  const prefix = prefixOf(options);
  return topicsOf(prefix, topicOf.keys()).map((topic) => ({
    topic,
    numPartitions: options.partitions ?? 6,
    replicationFactor: -1,
    configEntries:
      topic === workTopic(prefix)
        ? [
            { name: 'cleanup.policy', value: 'delete' },
            { name: 'retention.ms', value: String(14 * dayMs) },
          ]
        : [{ name: 'cleanup.policy', value: 'compact' }],
  }));
}

/** Makes those that are not there. Several processes may call it at once. */
export async function makeTopics(admin: Admin, options: KafkaOptions): Promise<void> {
  const known = new Set(await admin.listTopics());
  const missing = topicConfigs(options).filter(({ topic }) => !known.has(topic));
  if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
}
