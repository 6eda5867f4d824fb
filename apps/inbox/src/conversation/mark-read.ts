import type { Tx } from '@cordboard/persistence';
import { notFound } from '@cordboard/rpc';

/** Moves a person's mark forward, never back and never past what the customer has written. Resolves to where it stands. */
export async function markRead(
  tx: Tx,
  mark: { tenantId: string; personId: string; conversationId: string; inboundCount: number },
): Promise<number> {
  const row = await tx.first<{ inbound_count: number }>({
    text: `insert into read_mark as m (tenant_id, person_id, conversation_id, inbound_count)
      select c.tenant_id, $2, c.id, least($4, c.inbound_count) from conversation c where c.tenant_id = $1 and c.id = $3
      on conflict (tenant_id, person_id, conversation_id)
      do update set inbound_count = greatest(m.inbound_count, excluded.inbound_count)
      returning m.inbound_count`,
    values: [mark.tenantId, mark.personId, mark.conversationId, mark.inboundCount],
  });
  if (!row) throw notFound('conversation');
  return row.inbound_count;
}
