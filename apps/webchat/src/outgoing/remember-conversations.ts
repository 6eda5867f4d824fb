import type { EventOf } from '@cordboard/event-bus';
import type { conversationOpened } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';

/** Notes which conversation a visitor's thread stands in now, so that typing can be told before the first answer. */
export async function rememberConversations(tx: Tx, events: readonly EventOf<typeof conversationOpened>[]): Promise<void> {
  const latest = new Map<string, EventOf<typeof conversationOpened>['data']['conversation']>();
  for (const { data, tenantid } of events) {
    if (data.conversation.channel === 'webchat') latest.set(`${tenantid} ${data.conversation.identity}`, data.conversation);
  }
  if (latest.size === 0) return;
  const heads = [...latest.values()].sort((a, b) => (a.tenantId + a.identity < b.tenantId + b.identity ? -1 : 1));
  await tx.execute({
    name: 'remember-conversations',
    text: `update thread t set conversation_id = i.conversation_id
           from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as i(tenant_id, visitor_id, conversation_id)
           where t.tenant_id = i.tenant_id and t.visitor_id = i.visitor_id`,
    values: [heads.map((head) => head.tenantId), heads.map((head) => head.identity), heads.map((head) => head.id)],
  });
}
