import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import { consumerSettings } from './kafka-group';
import { nameOf } from './place';

export type Bounds = Map<string, { low: number; high: number }>;

const lookEveryMs = 100;
const stalledAfterMs = 60_000;

/** Where each partition of the topics begins and ends now. */
export async function boundsOf(admin: Admin, topics: readonly string[]): Promise<Bounds> {
  const bounds: Bounds = new Map();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      bounds.set(nameOf(topic, partition), { low: Number(low), high: Number(high) });
    }
  }
  return bounds;
}

/** Calls `onRecord` with every record between the bounds, those of a partition in order. Rejects when nothing has come for a minute. */
export async function readTopics(
  { kafka, prefix }: { kafka: Kafka; prefix: string },
  topics: readonly string[],
  bounds: Bounds,
  onRecord: (place: string, record: KafkaMessage) => void,
): Promise<void> {
  const places = new Map([...bounds].map(([place, { low }]) => [place, low]));
  const isRead = () => [...bounds].every(([place, { high }]) => (places.get(place) ?? 0) >= high);
  if (isRead()) return;
  const consumer = kafka.consumer({ ...consumerSettings, groupId: `${prefix}.tail.${randomUUID()}` });
  let heardAt = performance.now();
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const place = nameOf(batch.topic, batch.partition);
        const next = places.get(place) ?? 0;
        const end = bounds.get(place)?.high ?? 0;
        for (const record of batch.messages) {
          if (Number(record.offset) >= next && Number(record.offset) < end) onRecord(place, record);
        }
        places.set(place, Math.max(next, Number(batch.lastOffset()) + 1));
        heardAt = performance.now();
      },
    });
    while (!isRead()) {
      if (performance.now() - heardAt > stalledAfterMs) throw new Error('Kafka has given nothing to read for a minute.');
      await setTimeout(lookEveryMs);
    }
  } finally {
    await consumer.disconnect();
  }
}
