import type { BusLogger } from '../logger';
import type { KafkaOptions } from './kafka-options';
import { openKafka, withAdmin } from './open-kafka';
import { makeTopics } from './topics';

/** Makes the topics of the catalogue that are not there yet. */
export async function prepareTopics(options: KafkaOptions, logger: BusLogger): Promise<void> {
  await withAdmin(openKafka(options, logger).admin(), (admin) => makeTopics(admin, options));
}
