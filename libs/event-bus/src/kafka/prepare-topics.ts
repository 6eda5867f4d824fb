import type { BusLogger } from '../logger';
import type { KafkaOptions } from './kafka-options';
import { openKafka } from './open-kafka';
import { makeTopics } from './topics';

/** Makes the topics of the catalogue that are not there yet. */
export async function prepareTopics(options: KafkaOptions, logger: BusLogger): Promise<void> {
  const admin = openKafka(options, logger).admin();
  await admin.connect();
  try {
    await makeTopics(admin, options);
  } finally {
    await admin.disconnect();
  }
}
