import type { Tx } from '@cordboard/persistence';
import type { ConversationView } from '@cordboard/rpc';
import { type Conversation, viewOf } from './conversation.row';

export const selectMarks = {
  name: 'inbox-read-marks',
  text: `select m.*
    from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as w(tenant_id, person_id, conversation_id)
    cross join lateral (
      select m.person_id, m.conversation_id, m.inbound_count from read_mark m
      where m.tenant_id = w.tenant_id and m.person_id = w.person_id and m.conversation_id = w.conversation_id limit 1
    ) m`,
};

/** How many customer messages of each conversation each person has read; the key is `<person> <conversation>`. */
export async function readMarks(
  tx: Tx,
  wanted: readonly { tenantId: string; personId: string; conversationId: string }[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ person_id: string; conversation_id: string; inbound_count: number }>({
    ...selectMarks,
    values: [wanted.map((one) => one.tenantId), wanted.map((one) => one.personId), wanted.map((one) => one.conversationId)],
  });
  return new Map(rows.map((row) => [`${row.person_id} ${row.conversation_id}`, row.inbound_count]));
}

/** One conversation as a person sees it now. */
export async function viewFor(tx: Tx, conversation: Conversation, personId: string): Promise<ConversationView> {
  const marks = await readMarks(tx, [{ tenantId: conversation.tenantId, personId, conversationId: conversation.id }]);
  return viewOf(conversation, marks.get(`${personId} ${conversation.id}`) ?? 0);
}
