import type { TcpProxy, Trouble } from '../../drive/tcp-proxy';
import { pause } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/house';
import { cycles, type Fault, type Scene } from './fault';

/** A way that does not carry for a while. */
interface Partition {
  between: string;
  ways: (house: DistributedHouse) => readonly TcpProxy[];
  trouble: Trouble;
  /** Which of the connections; all when nothing is said. */
  isMeant?: (greeting: string) => boolean;
  ms: number;
}

const database = ({ ground }: DistributedHouse) => [ground.database];
const kafka = ({ ground }: DistributedHouse) => ground.brokers;
const agent = ({ agentsLine }: DistributedHouse) => [agentsLine];
/** A PostgreSQL client begins with the name of its role. */
const ofRole = (role: string) => (greeting: string) => greeting.includes(`\0${role}\0`);

const short: Partition[] = [
  { between: 'services and the database', ways: database, trouble: { kind: 'cut' }, ms: 3000 },
  { between: 'services and Kafka', ways: kafka, trouble: { kind: 'stalled' }, ms: 5000 },
  { between: 'an agent and the gateway', ways: agent, trouble: { kind: 'cut' }, ms: 4000 },
];
const full: Partition[] = [
  { between: 'services and the database', ways: database, trouble: { kind: 'cut' }, ms: 5000 },
  { between: 'services and the database', ways: database, trouble: { kind: 'stalled' }, ms: 8000 },
  { between: 'services and the database', ways: database, trouble: { kind: 'late', ms: 50 }, ms: 5000 },
  { between: 'routing and the database', ways: database, isMeant: ofRole('cordboard_routing'), trouble: { kind: 'stalled' }, ms: 8000 },
  { between: 'inbox and the database', ways: database, isMeant: ofRole('cordboard_inbox'), trouble: { kind: 'cut' }, ms: 8000 },
  { between: 'services and Kafka', ways: kafka, trouble: { kind: 'cut' }, ms: 5000 },
  { between: 'services and Kafka', ways: kafka, trouble: { kind: 'stalled' }, ms: 8000 },
  { between: 'services and Kafka', ways: kafka, trouble: { kind: 'late', ms: 50 }, ms: 5000 },
  { between: 'an agent and the gateway', ways: agent, trouble: { kind: 'cut' }, ms: 12_000 },
  { between: 'an agent and the gateway', ways: agent, trouble: { kind: 'stalled' }, ms: 25_000 },
];

/** What talks to each other cannot for a while, and some of it does not notice. Afterwards each conversation has the one owner that everybody sees. */
export const partitions: Fault<DistributedHouse> = {
  name: '12 partitions: cut, stalled, late',
  run: (scene) => {
    const list = scene.isShort ? short : full;
    return cycles(list.length, async ({ problems, notes, cycles: done }) => {
      const partition = list[done];
      if (!partition) return 0;
      const { between, ways, trouble, isMeant, ms } = partition;
      for (const way of ways(scene)) way.disturb(trouble, isMeant);
      await pause(ms);
      for (const way of ways(scene)) way.heal();
      const recovery = await scene.load.roundTrip(performance.now());
      notes.push(`${between}, ${trouble.kind} for ${ms / 1000} s: ${(recovery / 1000).toFixed(1)} s`);
      problems.push(...(await splitOwnership(scene)));
      return recovery;
    });
  },
};

/** Conversations whose agent has it by their own account, and somebody else by Cordboard's. */
async function splitOwnership({ load }: Scene<DistributedHouse>): Promise<string[]> {
  const [onlooker] = load.agents;
  const split: string[] = [];
  for (let tries = 0; tries < 20; tries++) {
    split.length = 0;
    for (const { agent, conversation, number } of load.lanes) {
      if (!agent || !conversation) continue;
      const seen = await onlooker?.conversation(conversation.tenantId, conversation.id);
      if (seen?.workState === 'ACTIVE' && seen.assigneeId !== agent.id)
        split.push(`Conversation ${number} is ${seen.assigneeId}’s; ${agent.email} accepted it last.`);
    }
    if (split.length === 0) return [];
    await pause(250);
  }
  return split;
}
