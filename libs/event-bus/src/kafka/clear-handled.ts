import type { Admin } from 'kafkajs';
import { workTopic } from './topics';

const weekMs = 7 * 86_400_000;

/**
 * Deletes work older than `keepMs` that every group has handled, as far as it has noted so at the broker; groups nobody
 * has been in for a week are forgotten by the broker and no longer count. Entities are compacted by the broker itself.
 */
export async function clearHandled(admin: Admin, prefix: string, keepMs = weekMs): Promise<void> {
  const topic = workTopic(prefix);
  const { groups } = await admin.listGroups();
  const ends = new Map(
    (await admin.fetchTopicOffsetsByTimestamp(topic, Date.now() - keepMs)).map((end) => [end.partition, Number(end.offset)]),
  );
  for (const { groupId } of groups) {
    if (!groupId.startsWith(`${prefix}.`) || groupId.startsWith(`${prefix}.tail.`)) continue;
    const [noted] = await admin.fetchOffsets({ groupId, topics: [topic] });
    if (!noted?.partitions.some(({ offset }) => Number(offset) >= 0)) continue;
    for (const { partition, offset } of noted.partitions) {
      ends.set(partition, Math.min(ends.get(partition) ?? 0, Math.max(0, Number(offset))));
    }
  }
  const lows = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => [partition, Number(low)]));
  const partitions = [...ends].filter(([partition, end]) => end > (lows.get(partition) ?? 0));
  if (partitions.length === 0) return;
  await admin.deleteTopicRecords({ topic, partitions: partitions.map(([partition, end]) => ({ partition, offset: String(end) })) });
}
