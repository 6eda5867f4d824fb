import type { Statement, Tx } from '@cordboard/persistence';
import type { ConversationView } from '@cordboard/rpc';
import { type ConversationRow, conversationColumns, conversationOf, viewOf } from './conversation.row';

type ViewRow = ConversationRow & { read_count: number };

const view = (row: ViewRow) => viewOf(conversationOf(row), row.read_count);
const selectView = `select ${conversationColumns}, coalesce(m.inbound_count, 0) as read_count`;
const joinView = (person: string) => `join contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
  left join read_mark m on m.tenant_id = c.tenant_id and m.person_id = ${person}::uuid and m.conversation_id = c.id`;

/** Conversations by id, in the order asked for; null where there is none. */
export async function getConversations(
  tx: Tx,
  refs: readonly { tenantId: string; conversationId: string }[],
  personId: string,
): Promise<(ConversationView | null)[]> {
  const rows = await tx.query<ViewRow>({
    text: `${selectView} from unnest($1::uuid[], $2::uuid[]) as w(tenant_id, id)
      join conversation c on c.tenant_id = w.tenant_id and c.id = w.id ${joinView('$3')}`,
    values: [refs.map((ref) => ref.tenantId), refs.map((ref) => ref.conversationId), personId],
  });
  const found = new Map(rows.map((row) => [`${row.tenant_id} ${row.id}`, view(row)]));
  return refs.map((ref) => found.get(`${ref.tenantId} ${ref.conversationId}`) ?? null);
}

export function ofContactStatement(tenantId: string, contactId: string, first: number, personId: string): Statement {
  return {
    text: `${selectView} from conversation c ${joinView('$4')}
      where c.tenant_id = $1 and c.contact_id = $2 order by c.id desc limit $3`,
    values: [tenantId, contactId, first, personId],
  };
}

/** Conversations of one contact, newest first. */
export async function getContactConversations(
  tx: Tx,
  { tenantId, contactId, first }: { tenantId: string; contactId: string; first: number },
  personId: string,
): Promise<ConversationView[]> {
  return (await tx.query<ViewRow>(ofContactStatement(tenantId, contactId, first, personId))).map(view);
}

export const countStatement = {
  text: `select
      coalesce(sum((select count(*) from conversation c where c.tenant_id = t.id and c.assignee_id = $2 and c.state = 'open')), 0)::int as mine,
      coalesce(sum((select count(*) from conversation c
        where c.tenant_id = t.id and c.state = 'open' and c.work_state in ('queued', 'offered'))), 0)::int as waiting,
      coalesce(sum((select count(*) from conversation c where c.tenant_id = t.id and c.state = 'open')), 0)::int as open
    from unnest($1::uuid[]) as t(id)`,
};

export async function countConversations(tx: Tx, tenantIds: readonly string[], personId: string) {
  const counts = await tx.first<{ mine: number; waiting: number; open: number }>({ ...countStatement, values: [tenantIds, personId] });
  return counts ?? { mine: 0, waiting: 0, open: 0 };
}
