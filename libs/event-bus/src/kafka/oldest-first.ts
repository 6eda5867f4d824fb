import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

const { MemberMetadata, MemberAssignment } = AssignerProtocol;

/**
 * Deals a group's partitions out in the order in which its members came, the same partition of every topic to the
 * same member: who is added last takes from the others, and a single partition stays where it is.
 */
export const oldestFirst =
  (since: number): PartitionAssigner =>
  ({ cluster }) => ({
    name: 'OldestFirst',
    version: 0,
    protocol: ({ topics }) => ({
      name: 'OldestFirst',
      metadata: MemberMetadata.encode({ version: 0, topics, userData: Buffer.from(String(since)) }),
    }),
    async assign({ members, topics }) {
      const ages = members.map(({ memberId, memberMetadata }) => ({
        memberId,
        since: Number(MemberMetadata.decode(memberMetadata)?.userData ?? 0),
      }));
      const order = ages.sort((a, b) => a.since - b.since || (a.memberId < b.memberId ? -1 : 1)).map(({ memberId }) => memberId);
      const partitions = new Map(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map((found) => found.partitionId)]),
      );
      return order.map((memberId, place) => {
        const mine = [...partitions].map(([topic, ids]) => [topic, ids.filter((id) => id % order.length === place)] as const);
        const assignment = Object.fromEntries(mine.filter(([, ids]) => ids.length > 0));
        return { memberId, memberAssignment: MemberAssignment.encode({ version: 0, assignment, userData: Buffer.alloc(0) }) };
      });
    },
  });
