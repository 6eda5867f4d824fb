import { Kafka, type LogEntry, logLevel, type SASLOptions } from 'kafkajs';
import type { BusLogger } from '../logger';
import type { KafkaOptions } from './kafka-options';

/** At most a second between two tries; what fails for good is taken up again by its owner: an outage is waited out. */
export const retry = { initialRetryTime: 100, maxRetryTime: 1000, retries: 8, restartOnFailure: async () => true };

/** A client of the cluster; connects when it is first asked for something. */
export function openKafka({ brokers, tls, sasl }: KafkaOptions, logger: BusLogger): Kafka {
  return new Kafka({
    clientId: 'cordboard',
    brokers: [...brokers],
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    retry,
    ...(tls ? { ssl: tls === true || { ca: [tls.ca] } } : {}),
    ...(sasl ? { sasl: sasl as SASLOptions } : {}),
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => tell(logger, entry),
  });
}

/** Its errors are retried and mostly the ordinary life of a group; what could not be mended is thrown as well. */
function tell(logger: BusLogger, { level, namespace, log }: LogEntry): void {
  const reason = log.error instanceof Error ? log.error.message : log.error;
  const fields = { kafka: namespace, reason, groupId: log.groupId };
  if (level === logLevel.ERROR && !ordinary.test(`${log.message} ${reason}`)) logger.warn(fields, log.message);
  else logger.info(fields, log.message);
}

/** Groups are shared out anew; brokers that have just started have no coordinators yet; topics that were just made, no leaders. */
const ordinary =
  /rebalanc|not aware of this member|coordinator is (not available|loading)|Restarting the consumer in|not the leader for that topic/i;
