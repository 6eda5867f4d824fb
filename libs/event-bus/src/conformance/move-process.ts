import { Database, serviceRole } from '@cordboard/persistence';
import { moveToKafka } from '../kafka/move-to-kafka';
import type { ConsumerSettings } from './start-consumer';

/** A real process that moves a log to Kafka, for the specs that kill it; started with `CORDBOARD_FAILPOINTS`. */
async function main(): Promise<void> {
  const { url, busPassword, kafka } = JSON.parse(process.env.CONSUMER ?? '{}') as Required<ConsumerSettings>;
  const logger = { info: () => undefined, warn: console.error, error: console.error };
  const database = new Database({
    url,
    role: serviceRole('bus'),
    password: busPassword,
    name: 'bus',
    poolSize: 2,
    onError: () => undefined,
  });
  await moveToKafka({ kafka, log: { url, password: busPassword, logger }, database });
  await database.close();
}

void main();
