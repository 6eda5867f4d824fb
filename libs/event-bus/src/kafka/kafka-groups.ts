import type { Database } from '@cordboard/persistence';
import type { Admin } from 'kafkajs';
import type { GroupStats } from '../options';
import { placeOf } from './place';

interface PartitionRow {
  grp: string;
  cluster: string;
  origin: string;
  next_offset: string;
}

/** A cluster that can be asked, and the topics of this installation there. */
export interface Broker {
  admin: Admin;
  clusterId: string;
  topics: ReadonlySet<string>;
}

/** What a group has before it in a partition. */
interface Stretch {
  topic: string;
  partition: number;
  next: number;
  end: number;
}

/** Ages are found to within a sixteenth; below a second they count as none. */
const shortestMs = 1000;
const halvings = 4;

/**
 * How the groups on Kafka do: positions and failures as the database has them, ends of the partitions as the broker has
 * them, so that it is true of a group nobody works for. Without `broker` the lags are NaN. The database is opened as the
 * bus's own role.
 */
export async function kafkaGroups(database: Database, broker?: Broker): Promise<Record<string, GroupStats>> {
  const { partitions, failures } = await database.system(async (tx) => ({
    partitions: await tx.query<PartitionRow>('select * from bus.partitions()'),
    failures: await tx.query<{ grp: string } & Record<'dead' | 'retrying' | 'parked', string>>('select * from bus.failures()'),
  }));
  const rows = partitions.filter(
    ({ cluster, origin }) => !broker || (cluster === broker.clusterId && broker.topics.has(placeOf(origin).topic)),
  );
  const topics = broker && new Topics(broker.admin);
  const groups: Record<string, GroupStats> = {};
  for (const group of new Set(rows.map(({ grp }) => grp))) {
    const ahead = await topics?.ahead(rows.filter(({ grp }) => grp === group));
    const failed = failures.find(({ grp }) => grp === group);
    groups[group] = {
      lagEvents: ahead ? ahead.reduce((sum, { next, end }) => sum + end - next, 0) : Number.NaN,
      lagMs: topics && ahead ? await topics.ageMs(ahead) : Number.NaN,
      deadLetters: Number(failed?.dead ?? 0),
      retrying: Number(failed?.retrying ?? 0),
      parkedEvents: Number(failed?.parked ?? 0),
    };
  }
  return groups;
}

/** What the broker says of the topics at one moment; asked once for each question. */
class Topics {
  private readonly now = Date.now();
  private readonly asked = new Map<string, Promise<unknown>>();

  constructor(private readonly admin: Admin) {}

  /** Partitions that are not read to their end. */
  async ahead(rows: readonly PartitionRow[]): Promise<Stretch[]> {
    const stretches = await Promise.all(
      rows.map(async ({ origin, next_offset }) => {
        const { topic, partition } = placeOf(origin);
        const bounds = (await this.bounds(topic)).find((found) => found.partition === partition);
        return { topic, partition, next: Math.max(Number(next_offset), Number(bounds?.low ?? 0)), end: Number(bounds?.high ?? 0) };
      }),
    );
    return stretches.filter(({ next, end }) => end > next);
  }

  /** A broker tells the first offset after a time, not the time of an offset: the age is doubled until it is too much, then halved. */
  async ageMs(ahead: readonly Stretch[]): Promise<number> {
    if (!(await this.isOlder(ahead, shortestMs))) return 0;
    let least = shortestMs;
    let most = 2 * least;
    for (; await this.isOlder(ahead, most); most *= 2) least = most;
    for (let round = 0; round < halvings; round++) {
      const middle = Math.round((least + most) / 2);
      if (await this.isOlder(ahead, middle)) least = middle;
      else most = middle;
    }
    return least;
  }

  /** Whether the next record of a partition was written more than `ageMs` ago. */
  private async isOlder(ahead: readonly Stretch[], ageMs: number): Promise<boolean> {
    for (const { topic, partition, next } of ahead) {
      const first = (await this.since(topic, ageMs)).find((found) => found.partition === partition);
      if (Number(first?.offset ?? 0) > next) return true;
    }
    return false;
  }

  private bounds(topic: string) {
    return this.once(`bounds of ${topic}`, () => this.admin.fetchTopicOffsets(topic));
  }

  /** The first offset of each partition that is not older; its end where all are. */
  private since(topic: string, ageMs: number) {
    return this.once(`${ageMs} ms of ${topic}`, () => this.admin.fetchTopicOffsetsByTimestamp(topic, this.now - ageMs));
  }

  private once<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const answer = (this.asked.get(question) as Promise<Answer> | undefined) ?? ask();
    this.asked.set(question, answer);
    return answer;
  }
}
