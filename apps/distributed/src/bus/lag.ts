import { groupStates } from '@cordboard/event-bus';
import { findKafka, type OpenBus } from './open-bus';
import { duration, table } from './table';
import type { Terminal } from './terminal';

const heading = ['group', 'transport', 'behind', 'oldest', 'retrying', 'parked', 'dead'];

/** How far each group is behind, and what it has set aside; resolves to the exit code. */
export async function tellLag(bus: OpenBus, environment: NodeJS.ProcessEnv, json: boolean, { say, warn }: Terminal): Promise<number> {
  const groups = await groupStates(bus.database, await findKafka(environment), bus.log);
  if (json) {
    say(JSON.stringify(groups, null, 2));
    return 0;
  }
  const count = (events: number) => (Number.isNaN(events) ? '?' : events);
  const rows = groups.map(({ group, transport, lagEvents, lagMs, retrying, parkedEvents, deadLetters }) => [
    ...[group, transport, count(lagEvents), duration(lagMs), retrying, parkedEvents, deadLetters],
  ]);
  say(groups.length > 0 ? table(heading, rows) : 'No group has begun yet.');
  if (groups.some(({ lagEvents }) => Number.isNaN(lagEvents)))
    warn('How far groups on Kafka are, its brokers tell: name them in KAFKA_BROKERS.');
  return 0;
}
