import { setTimeout } from 'node:timers/promises';
import { catalogue, type TopicName, topics } from '@cordboard/events';
import type { Admin, ITopicConfig, KafkaJSProtocolError } from 'kafkajs';
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

export const topicNames = (options: KafkaOptions) => topicConfigs(options).map(({ topic }) => topic);

const ledWithinMs = 15_000;
const lookEveryMs = 100;

/** Makes those that are not there; resolves when all can be written. Several processes may call it at once. */
export async function makeTopics(admin: Admin, options: KafkaOptions): Promise<void> {
  const wanted = topicConfigs(options);
  const known = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !known.has(topic));
  if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: false });
  const names = wanted.map(({ topic }) => topic);
  for (const deadline = performance.now() + ledWithinMs; !(await areLed(admin, names)); await setTimeout(lookEveryMs)) {
    if (performance.now() > deadline) throw new Error(`Kafka’s topics have no leaders after ${ledWithinMs / 1000} s: ${names.join(', ')}.`);
  }
}

/** A topic that has just been made is unknown to some broker for a moment, or to its leader: kafkajs's own wait takes that for an error. */
async function areLed(admin: Admin, topics: string[]): Promise<boolean> {
  try {
    const found = await admin.fetchTopicMetadata({ topics });
    if (!found.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return false;
    await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
    return true;
  } catch (error) {
    // kafkajs stumbles over the partitions of a topic that the broker it asks has not heard of.
    if (notYet.has((error as KafkaJSProtocolError).type) || error instanceof TypeError) return false;
    throw error;
  }
}

const notYet = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION']);
