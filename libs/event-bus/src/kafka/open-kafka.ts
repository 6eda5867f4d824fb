import { type Admin, Kafka, type LogEntry, logLevel, type SASLOptions } from 'kafkajs';
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
    logCreator: () => teller(logger),
  });
}

/** Connected for as long as the work lasts. */
export async function withAdmin<Result>(admin: Admin, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/**
 * Its errors are retried and mostly the ordinary life of a group; what could not be mended is thrown as well. A warning is
 * not said again for 10 s, for every part of a client notices by itself that a broker is away.
 */
function teller(logger: BusLogger): (entry: LogEntry) => void {
  const warnedAt = new Map<string, number>();
  return ({ level, namespace, log }) => {
    const reason = log.error instanceof Error ? log.error.message : log.error;
    const fields = { kafka: namespace, reason, groupId: log.groupId };
    const now = performance.now();
    const isNew = now - (warnedAt.get(log.message) ?? Number.NEGATIVE_INFINITY) > warnAgainMs;
    if (level !== logLevel.ERROR || ordinary.test(`${log.message} ${reason}`) || !isNew) return logger.info(fields, log.message);
    for (const [message, at] of warnedAt) if (now - at > warnAgainMs) warnedAt.delete(message);
    warnedAt.set(log.message, now);
    logger.warn(fields, log.message);
  };
}

const warnAgainMs = 10_000;

/** Groups are shared out anew; brokers that have just started have no coordinators yet; topics that were just made, no leaders. */
const ordinary =
  /rebalanc|not aware of this member|coordinator is (not available|loading)|Restarting the consumer in|not the leader for that topic/i;
