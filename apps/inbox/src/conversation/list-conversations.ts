import type { Statement, Tx } from '@cordboard/persistence';
import type { ConversationView, inboxCalls, ParsedInputOf } from '@cordboard/rpc';
import { type ConversationRow, conversationColumns, conversationOf, viewOf } from './conversation.row';

type ListInput = ParsedInputOf<typeof inboxCalls.listConversations>;

/** Sorts after every id: where the first page starts. */
const beforeAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * The list as one keyset scan per tenant, each over an index in the order of the list, merged and cut. Every variant
 * is a statement of its own, because a filter that may be null would keep PostgreSQL from using the partial indexes.
 */
export function listStatement(tenantIds: readonly string[], personId: string, filter: ListInput): Statement {
  const values: unknown[] = [tenantIds, personId, filter.after ?? beforeAll, filter.first + 1];
  const conditions: string[] = [];
  if (filter.scope === 'mine') conditions.push(`c.state = 'open'`, 'c.assignee_id = $2');
  if (filter.scope === 'waiting') conditions.push(`c.state = 'open'`, `c.work_state in ('queued', 'offered')`);
  if (filter.state) conditions.push(`c.state = '${filter.state}'`);
  if (filter.assigneeId) {
    values.push(filter.assigneeId);
    conditions.push(`c.assignee_id = $${values.length}`);
  }
  return {
    text: `select ${conversationColumns}, coalesce(m.inbound_count, 0) as read_count
      from (
        select c.* from unnest($1::uuid[]) as t(tenant_id) cross join lateral (
          select c.* from conversation c
          where c.tenant_id = t.tenant_id and c.id < $3::uuid ${conditions.map((condition) => `and ${condition}`).join(' ')}
          order by c.id desc limit $4
        ) c
        order by c.id desc limit $4
      ) c
      join contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
      left join read_mark m on m.tenant_id = c.tenant_id and m.person_id = $2::uuid and m.conversation_id = c.id
      order by c.id desc`,
    values,
  };
}

/** One page, newest opened first. */
export async function listConversations(
  tx: Tx,
  tenantIds: readonly string[],
  personId: string,
  filter: ListInput,
): Promise<{ items: ConversationView[]; hasMore: boolean }> {
  const rows = await tx.query<ConversationRow & { read_count: number }>(listStatement(tenantIds, personId, filter));
  const items = rows.slice(0, filter.first).map((row) => viewOf(conversationOf(row), row.read_count));
  return { items, hasMore: rows.length > filter.first };
}
