import type { ConversationHead } from '@cordboard/events';
import type { Change } from '../change/change';
import { queueIdOf } from '../queue/queue-id';
import { tellWork } from './move-work';
import { type WorkRow, workColumns } from './work.rows';
import { assertMove } from './work.states';

interface Opened {
  traceparent?: string;
  data: { conversation: ConversationHead };
}

/** Puts new conversations in line, aged from their first message. A conversation that has its work already is left alone. */
export async function queueWork(change: Change, opened: readonly Opened[]): Promise<void> {
  assertMove('none', 'queued', 'queued');
  const heads = opened.map(({ data }) => data.conversation);
  const rows = await change.tx.query<WorkRow>({
    name: 'work-queue',
    text: `
      insert into work_item as w
        (tenant_id, conversation_id, queue_id, state, priority, enqueued_at, rank_at, channel, contact_name, preview, traceparent)
      select o.tenant_id, o.conversation_id, o.queue_id, 'queued', 0, o.enqueued_at, o.enqueued_at, o.channel,
        o.contact_name, o.preview, o.traceparent
      from (
        select u.*, least(u.opened_at, now()) as enqueued_at
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
          as u(tenant_id, conversation_id, queue_id, opened_at, channel, contact_name, preview, traceparent)
      ) o
      on conflict (tenant_id, conversation_id) do nothing
      returning ${workColumns}`,
    values: [
      heads.map((head) => head.tenantId),
      heads.map((head) => head.id),
      heads.map((head) => queueIdOf(head.tenantId)),
      heads.map((head) => head.openedAt),
      heads.map((head) => head.channel),
      heads.map((head) => head.contactName),
      heads.map((head) => head.lastLine),
      opened.map(({ traceparent }) => traceparent ?? null),
    ],
  });
  for (const row of rows) tellWork(change, row, { cause: 'queued', person: null });
}
