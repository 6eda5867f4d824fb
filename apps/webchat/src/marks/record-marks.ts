import { deliveryReported, newEvent } from '@cordboard/events';
import type { Database, Tx } from '@cordboard/persistence';
import { groupBy } from '../group-by';

/** How far a visitor's browser has received and read. */
export interface Mark {
  tenantId: string;
  visitorId: string;
  deliveredN: number;
  readN: number;
}

interface MovedRow {
  tenant_id: string;
  visitor_id: string;
  delivered_before: number;
  read_before: number;
  delivered_n: number;
  read_n: number;
}

interface EntryRow {
  tenant_id: string;
  visitor_id: string;
  n: number;
  entry_id: string;
  conversation_id: string;
}

const moveText = `
  with input as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as i(tenant_id, visitor_id, delivered_n, read_n)
  ), before as (
    select t.tenant_id, t.visitor_id, t.delivered_n, t.read_n, i.delivered_n as to_delivered, i.read_n as to_read
    from input i join thread t on t.tenant_id = i.tenant_id and t.visitor_id = i.visitor_id
    order by t.tenant_id, t.visitor_id for update of t
  )
  update thread t
  set delivered_n = greatest(b.delivered_n, least(t.last_n, greatest(b.to_delivered, b.to_read))), read_n = greatest(b.read_n, least(t.last_n, b.to_read))
  from before b where t.tenant_id = b.tenant_id and t.visitor_id = b.visitor_id
  returning t.tenant_id, t.visitor_id, b.delivered_n as delivered_before, b.read_n as read_before, t.delivered_n, t.read_n`;

/**
 * Moves the marks of many visitors forward, never back, and reports the agents' messages they have passed: read where
 * they were read, delivered for the rest. Resolves to the marks as they are now, of those that moved.
 */
export async function recordMarks(database: Database, marks: readonly Mark[]): Promise<Mark[]> {
  const tenants = [...new Set(marks.map((mark) => mark.tenantId))];
  return database.batch(tenants, async (tx) => {
    const rows = await tx.query<MovedRow>({
      name: 'move-marks',
      text: moveText,
      values: [
        marks.map((mark) => mark.tenantId),
        marks.map((mark) => mark.visitorId),
        marks.map((mark) => mark.deliveredN),
        marks.map((mark) => mark.readN),
      ],
    });
    const moved = rows.filter((row) => row.delivered_n > row.delivered_before || row.read_n > row.read_before);
    if (moved.length > 0) await report(tx, moved);
    return moved.map((row) => ({ tenantId: row.tenant_id, visitorId: row.visitor_id, deliveredN: row.delivered_n, readN: row.read_n }));
  });
}

async function report(tx: Tx, moved: readonly MovedRow[]): Promise<void> {
  const entries = await tx.query<EntryRow>({
    name: 'marked-entries',
    text: `select m.tenant_id, m.visitor_id, m.n, m.entry_id, m.conversation_id
           from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as i(tenant_id, visitor_id, after, upto)
           join message m on m.tenant_id = i.tenant_id and m.visitor_id = i.visitor_id and m.n > i.after and m.n <= i.upto
           where m.entry_id is not null order by m.tenant_id, m.visitor_id, m.n`,
    values: [
      moved.map((row) => row.tenant_id),
      moved.map((row) => row.visitor_id),
      moved.map((row) => (row.read_n > row.read_before ? row.read_before : row.delivered_before)),
      moved.map((row) => row.delivered_n),
    ],
  });
  const byVisitor = new Map(moved.map((row) => [row.visitor_id, row]));
  const news = entries.flatMap((entry) => {
    const status = statusOf(entry.n, byVisitor.get(entry.visitor_id));
    return status ? [{ ...entry, status }] : [];
  });
  const groups = groupBy(news, (entry) => `${entry.tenant_id} ${entry.visitor_id} ${entry.conversation_id} ${entry.status}`);
  const occurredAt = new Date().toISOString();
  for (const [key, group] of groups) {
    const [tenantId = '', identity = '', conversationId = ''] = key.split(' ');
    const status = group[0]?.status ?? 'delivered';
    for (let from = 0; from < group.length; from += 200) {
      const entryIds = group.slice(from, from + 200).map((entry) => entry.entry_id);
      tx.publish(
        newEvent(
          deliveryReported,
          { source: 'webchat', tenantId },
          { channel: 'webchat', identity, conversationId, entryIds, status, occurredAt },
        ),
      );
    }
  }
}

/** What is new about the message at `n`; null when it was known before. */
function statusOf(n: number, row: MovedRow | undefined): 'read' | 'delivered' | null {
  if (!row) return null;
  if (n <= row.read_n) return 'read';
  return n > row.delivered_before ? 'delivered' : null;
}
