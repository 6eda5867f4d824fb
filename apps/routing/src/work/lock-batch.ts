import { lockAgents } from '../agent/agent.rows';
import type { Change } from '../change/change';

interface WorkId {
  tenantId: string;
  id: string;
}

/**
 * Locks everything a batch of events will touch, works before agents and each by id, as everywhere. Taken event by
 * event, the second event's work would be locked after the first one's agent, and somebody declining it at that
 * moment would wait for us as we wait for them.
 */
export async function lockBatch(change: Change, works: readonly WorkId[]): Promise<void> {
  if (works.length < 2) return;
  const rows = await change.tx.query<{ agent_id: string | null; last_agent_id: string | null }>({
    name: 'work-lock-batch',
    text: `
      select w.agent_id, w.last_agent_id from work_item w join unnest($1::uuid[], $2::uuid[]) as b(tenant_id, conversation_id)
        using (tenant_id, conversation_id)
      order by w.tenant_id, w.conversation_id for update of w`,
    values: [works.map(({ tenantId }) => tenantId), works.map(({ id }) => id)],
  });
  await lockAgents(
    change.tx,
    rows.flatMap(({ agent_id, last_agent_id }) => agent_id ?? last_agent_id ?? []),
  );
}
