import type { Channel, WorkState } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import type { OutputOf, routingCalls } from '@cordboard/rpc';
import type { Refusal } from '../choice/choose';

/** A row of work_item; `now` is the transaction's time by the database's clock. */
export interface WorkRow {
  tenant_id: string;
  conversation_id: string;
  queue_id: string;
  state: WorkState;
  version: number;
  agent_id: string | null;
  offer_id: string | null;
  last_agent_id: string | null;
  priority: number;
  enqueued_at: Date;
  refusals: Refusal[];
  channel: Channel;
  contact_name: string | null;
  preview: string;
  traceparent: string | null;
  now: Date;
}

export const workColumns = ['tenant_id', 'conversation_id', 'queue_id', 'state', 'version', 'agent_id', 'offer_id', 'last_agent_id']
  .concat(['priority', 'enqueued_at', 'refusals', 'channel', 'contact_name', 'preview', 'traceparent'])
  .map((column) => `w.${column}`)
  .concat('now() as now')
  .join(', ');

/** Reads a work item and keeps it from changing until the transaction ends. */
export function lockWork(tx: Tx, tenantId: string, conversationId: string): Promise<WorkRow | undefined> {
  return tx.first<WorkRow>({
    name: 'work-lock',
    text: `select ${workColumns} from work_item w where tenant_id = $1 and conversation_id = $2 for update`,
    values: [tenantId, conversationId],
  });
}

/** The same by an offer of it, live or not. */
export function lockWorkOfOffer(tx: Tx, tenantId: string, offerId: string): Promise<WorkRow | undefined> {
  return tx.first<WorkRow>({
    name: 'work-lock-by-offer',
    text: `select ${workColumns} from work_item w where tenant_id = $1
           and conversation_id = (select conversation_id from offer where tenant_id = $1 and id = $2) for update`,
    values: [tenantId, offerId],
  });
}

/** Milliseconds from `since` to the transaction's time. */
export const elapsed = (work: WorkRow, since: Date) => Math.max(0, work.now.getTime() - since.getTime());

/** What calls answer with. */
export function workView(row: WorkRow): OutputOf<typeof routingCalls.takeConversation> {
  return {
    conversationId: row.conversation_id,
    tenantId: row.tenant_id,
    state: row.state,
    version: row.version,
    queueId: row.queue_id,
    agentId: row.agent_id,
  };
}
