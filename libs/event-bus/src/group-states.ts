import type { Database } from '@cordboard/persistence';
import { kafkaGroups } from './kafka/kafka-groups';
import type { KafkaOptions } from './kafka/kafka-options';
import { openKafka, withAdmin } from './kafka/open-kafka';
import { topicNames } from './kafka/topics';
import { type HealthRow, healthText, logGroups } from './log-groups';
import type { BusLogger } from './logger';
import type { GroupStats } from './options';

export interface GroupState extends GroupStats {
  group: string;
  /** Where its events come from. Relays come from the log and lead to Kafka. */
  transport: 'log' | 'kafka';
}

/**
 * How every group does, also those nobody works for. The database is opened as the bus's own role. Where brokers are not
 * given, or do not answer, the lags of Kafka's groups are NaN.
 */
export async function groupStates(database: Database, kafka: KafkaOptions | undefined, logger: BusLogger): Promise<GroupState[]> {
  const onLog = logGroups(await database.system((tx) => tx.query<HealthRow>(healthText)));
  const withoutLag = await kafkaGroups(database);
  const onKafka = (kafka && Object.keys(withoutLag).length > 0 && (await askBrokers(database, kafka, logger))) || withoutLag;
  return [...listed(onLog, 'log'), ...listed(onKafka, 'kafka')];
}

async function askBrokers(database: Database, options: KafkaOptions, logger: BusLogger): Promise<Record<string, GroupStats> | undefined> {
  try {
    return await withAdmin(openKafka(options, untold).admin(), async (admin) => {
      const { clusterId } = await admin.describeCluster();
      return kafkaGroups(database, { admin, clusterId, topics: new Set(topicNames(options)) });
    });
  } catch (error) {
    const reason = (error as Error).message;
    logger.warn({ reason }, `Kafka does not answer (${reason}): how far its groups are is not known`);
    return undefined;
  }
}

/** That the brokers do not answer is said once. */
const untold: BusLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

const listed = (groups: Record<string, GroupStats>, transport: GroupState['transport']): GroupState[] =>
  Object.entries(groups)
    .map(([group, stats]) => ({ group, transport, ...stats }))
    .sort((a, b) => a.group.localeCompare(b.group));
