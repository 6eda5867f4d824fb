import { catalogue, topics as kinds } from '@cordboard/events';
import { type Database, failpoint } from '@cordboard/persistence';
import type { Admin, Kafka } from 'kafkajs';
import { LogReader } from '../log-reader';
import type { LogReaderOptions } from '../options';
import { type KafkaOptions, prefixOf } from './kafka-options';
import { KafkaRelay, relayGroup } from './kafka-relay';
import { openKafka, withAdmin } from './open-kafka';
import { boundsOf, readTopics } from './read-topics';
import { homesOfKeys, type Rehomed, rehome } from './rehome';
import { StartingPoints } from './starting-points';
import { makeTopics, topicNames } from './topics';

export interface MoveOptions {
  kafka: KafkaOptions;
  /** Of the log that is moved. */
  log: LogReaderOptions;
  /** As the bus's own role. */
  database: Database;
}

/** What has been moved. */
export interface Moved extends Rehomed {
  groups: number;
  /** Sent this time: what an interrupted move had sent before is not counted. */
  events: number;
}

/** The move cannot go on, and one line says why; every group is where it was. */
export class MoveRefused extends Error {}

const pageSize = 5000;
const stalledAfterMs = 60_000;
const workTypes = new Set<string>(catalogue.filter(({ topic }) => kinds[topic].kind === 'work').map(({ type }) => type));

/**
 * Has the groups of the PostgreSQL log go on in Kafka, each event once in effect. Nobody else may be at work.
 *
 * First the log is carried, as a relay does: nothing of the groups changes, and a move that is broken off goes on from the
 * relay's position. Then the topics are read back, for only the broker knows which event stands where, some of them twice
 * after an interruption: each group begins at the first event it has not handled, and passes by those after it that it
 * has. At last groups, letters and waiting events change over in one transaction.
 */
export async function moveToKafka(options: MoveOptions): Promise<Moved> {
  const { kafka: kafkaOptions, log, database } = options;
  const prefix = prefixOf(kafkaOptions);
  const kafka = openKafka(kafkaOptions, log.logger);
  return withAdmin(kafka.admin(), async (admin) => {
    await makeTopics(admin, kafkaOptions);
    const topics = topicNames(kafkaOptions);
    const { clusterId } = await admin.describeCluster();
    const relay = relayGroup(prefix, clusterId);
    await refuseStrangers(admin, database, topics, relay);
    const events = await carryLog(options);
    const groups = await groupsOf(database);
    const points = await startingPoints({ kafka, admin, prefix, topics }, database, groups, relay);
    const homes = await homesOfKeys(admin, database, kafkaOptions);
    failpoint('before-groups-move');
    const moved = await database.system(async (tx) => {
      const rehomed = await rehome(tx, homes);
      await tx.execute('select bus.move_to_kafka($1, $2, $3, $4)', [clusterId, relay, JSON.stringify(groups), JSON.stringify(points)]);
      return rehomed;
    });
    return { groups: groups.length, events, ...moved };
  });
}

/** Topics nobody has sent to for this installation are empty, or belong to another. */
async function refuseStrangers(admin: Admin, database: Database, topics: readonly string[], relay: string): Promise<void> {
  const known = await database.system((tx) => tx.query<{ grp: string }>('select grp from bus.log_groups()'));
  if (known.some(({ grp }) => grp === relay)) return;
  const bounds = await boundsOf(admin, topics);
  const used = [...bounds].find(([, { high }]) => high > 0);
  if (used)
    throw new MoveRefused(
      `Kafka's ${used[0]} holds records that are not of this installation, or of one that was restored since. Choose another KAFKA_PREFIX, or delete its topics.`,
    );
}

/** Resolves to how many events were sent, when everything in the log is at the brokers. */
async function carryLog({ kafka, log, database }: MoveOptions): Promise<number> {
  const reader = new LogReader({ ...log, name: 'bus move' });
  const relay = new KafkaRelay({ kafka, reader, database, logger: log.logger });
  let watch: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, failed) => {
    let before = -1;
    watch = setInterval(() => {
      if (relay.carried === before)
        failed(new MoveRefused('Kafka has taken nothing for a minute. Move again when it does: what it has is noted.'));
      before = relay.carried;
    }, stalledAfterMs);
  });
  try {
    const caughtUp = relay.caughtUp();
    await relay.start();
    await Promise.race([caughtUp, stalled]);
    return relay.carried;
  } finally {
    clearInterval(watch);
    await relay.stop();
    await reader.stop();
  }
}

/** Of the log, with the version their positions have now. */
async function groupsOf(database: Database): Promise<{ grp: string; version: string }[]> {
  const rows = await database.system((tx) => tx.query<{ grp: string; version: string }>('select grp, version from bus.log_groups()'));
  return rows.filter(({ grp }) => !grp.startsWith('relay '));
}

interface Cluster {
  kafka: Kafka;
  admin: Admin;
  prefix: string;
  topics: readonly string[];
}

async function startingPoints(cluster: Cluster, database: Database, groups: readonly { grp: string }[], relay: string) {
  const names = groups.map(({ grp }) => grp);
  const unhandled = new Map<string, Set<string>>();
  const work: string[] = [];
  for (let after = '0'; ; ) {
    const page = await database.system((tx) =>
      tx.query<{ id: string; event_id: string; type: string; grps: string[] }>('select * from bus.unhandled($1, $2)', [after, pageSize]),
    );
    for (const { event_id, type, grps } of page) {
      if (grps.includes(relay)) throw new MoveRefused('Something was published during the move. Stop Cordboard and move again.');
      const waiting = grps.filter((grp) => names.includes(grp));
      if (waiting.length === 0) continue;
      unhandled.set(event_id, new Set([...(unhandled.get(event_id) ?? []), ...waiting]));
      if (workTypes.has(type)) work.push(event_id);
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < pageSize) break;
  }
  const points = new StartingPoints(names, unhandled);
  const bounds = await boundsOf(cluster.admin, cluster.topics);
  await readTopics(cluster, cluster.topics, bounds, (origin, { offset, headers }) =>
    points.show(origin, Number(offset), String(headers?.ce_id)),
  );
  const missing = work.filter((id) => !points.has(id));
  if (missing.length > 0)
    throw new MoveRefused(
      `${missing.length} events that were carried before are no longer at the brokers. Choose another KAFKA_PREFIX and move again: everything is carried anew.`,
    );
  return points.list(new Map([...bounds].map(([origin, { high }]) => [origin, high])));
}
