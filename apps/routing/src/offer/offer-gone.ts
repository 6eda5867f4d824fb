import type { Tx } from '@cordboard/persistence';
import { UserError } from '@cordboard/rpc';

/** Why an offer can no longer be answered, in words for the agent who tried. */
export async function offerGone(tx: Tx, tenantId: string, offerId: string, actorId: string): Promise<UserError> {
  const row = await tx.first<{ state: string; holder: string | null; name: string | null }>(
    `select case when o.deadline <= now() and o.state = 'live' then 'expired' else o.state end as state,
       case when w.state = 'active' then w.agent_id end as holder, a.name
     from offer o
     join work_item w on w.tenant_id = o.tenant_id and w.conversation_id = o.conversation_id
     left join agent a on a.person_id = w.agent_id
     where o.tenant_id = $1 and o.id = $2`,
    [tenantId, offerId],
  );
  const takenBy = row?.holder ? row.name : null;
  return new UserError('OFFER_GONE', textFor(row?.state, takenBy, row?.holder === actorId), { takenBy });
}

function textFor(state: string | undefined, takenBy: string | null, isMine: boolean): string {
  if (isMine) return 'You have this conversation already. It is in your list.';
  if (takenBy) return `${takenBy} has taken this conversation.`;
  if (state === 'declined') return 'You declined this offer. The conversation goes to the next agent.';
  if (state === 'expired') return 'The offer ran out before you answered. The conversation goes to the next agent.';
  return 'This offer is no longer open. Look for the conversation among the waiting ones.';
}
