import { AssignerProtocol, type Cluster, type PartitionAssigner } from 'kafkajs';
import { oldestFirst } from './oldest-first';

const cluster = { findTopicPartitionMetadata: () => [0, 1, 2].map((partitionId) => ({ partitionId })) } as unknown as Cluster;
const open = (assigner: PartitionAssigner) => assigner({ cluster, groupId: 'group', logger: {} as never });

/** Who gets what of the topics, by name of the member. */
async function deal(ages: Record<string, number>, topics: string[]) {
  const members = Object.entries(ages).map(([memberId, since]) => ({
    memberId,
    memberMetadata: open(oldestFirst(since)).protocol({ topics }).metadata,
  }));
  const dealt = await open(oldestFirst(0)).assign({ members, topics });
  return Object.fromEntries(
    dealt.map(({ memberId, memberAssignment }) => [memberId, AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment]),
  );
}

describe('dealing out partitions', () => {
  it('begins with the oldest member and gives it the same partitions of every topic', async () => {
    expect(await deal({ young: 20, old: 10 }, ['work', 'queue'])).toEqual({
      old: { work: [0, 2], queue: [0, 2] },
      young: { work: [1], queue: [1] },
    });
  });

  it('leaves members that came after the last partition with nothing', async () => {
    expect(await deal({ a: 1, b: 2, c: 3, d: 4 }, ['work'])).toMatchObject({ a: { work: [0] }, c: { work: [2] }, d: {} });
  });
});
