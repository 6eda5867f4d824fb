import type { EventOf } from '@cordboard/event-bus';
import type { SystemLine, workChanged } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import { conversationChanges } from '../conversation/conversation.changes';
import { Ledger, lockConversations, readClock } from '../ledger/ledger';

type WorkChange = EventOf<typeof workChanged>;

/** Which moves of the work a reader of the timeline should see, and under which code. The rest only moves the copy. */
const lineOf: Partial<Record<WorkChange['data']['cause'], SystemLine['code']>> = {
  accepted: 'accepted',
  declined: 'declined',
  expired: 'expired',
  taken: 'taken',
  transferred: 'transferred',
  released: 'requeued',
};

/** Keeps the copy of routing's work items: an older version changes nothing, a newer one is told in the timeline or as an update. */
export async function recordWork(tx: Tx, changes: readonly WorkChange[]): Promise<void> {
  const refs = new Map(changes.map(({ data, tenantid }) => [data.conversationId, { tenantId: tenantid, id: data.conversationId }]));
  const [conversations, at] = await Promise.all([lockConversations(tx, [...refs.values()]), readClock(tx)]);
  const ledger = new Ledger(tx, at);
  for (const { data, traceparent } of changes) {
    const conversation = conversations.get(data.conversationId);
    if (!conversation) throw new Error(`Work changed on conversation ${data.conversationId}, which is not in the ledger.`);
    if (!conversationChanges.workMoved(conversation, data)) continue;
    const code = lineOf[data.cause];
    if (code === undefined) {
      ledger.touch(conversation);
      ledger.announceUpdate(conversation, traceparent);
      continue;
    }
    const { personId, personName, durationMs, detail, occurredAt } = data;
    const system = { code, personId, personName, durationMs, detail };
    ledger.record(conversation, { kind: 'system', author: 'system', system, occurredAt }, traceparent);
  }
  ledger.save();
}
