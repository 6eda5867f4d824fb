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

/** A mark that was asked for, as it stood and stands, with one of the agents' messages it has passed; null where it has passed none. */
interface MovedRow {
  tenant_id: string;
  visitor_id: string;
  delivered_before: number;
  read_before: number;
  delivered_n: number;
  read_n: number;
  n: number | null;
  entry_id: string;
  conversation_id: string;
}

type PassedRow = MovedRow & { n: number };

const moveText = `
  with input as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as i(tenant_id, visitor_id, delivered_n, read_n)
  ), before as (
    select k.tenant_id, k.visitor_id, k.delivered_n, k.read_n, i.delivered_n as to_delivered, i.read_n as to_read, t.last_n
    from input i
    join mark k on k.tenant_id = i.tenant_id and k.visitor_id = i.visitor_id
    join thread t on t.tenant_id = i.tenant_id and t.visitor_id = i.visitor_id
    order by k.tenant_id, k.visitor_id for no key update of k
  ), moved as (
    update mark k
    set delivered_n = greatest(b.delivered_n, least(b.last_n, greatest(b.to_delivered, b.to_read))), read_n = greatest(b.read_n, least(b.last_n, b.to_read))
    from before b where k.tenant_id = b.tenant_id and k.visitor_id = b.visitor_id
    returning k.tenant_id, k.visitor_id, b.delivered_n as delivered_before, b.read_n as read_before, k.delivered_n, k.read_n
  )
  select moved.*, m.n, m.entry_id, m.conversation_id
  from moved left join lateral (
    select m.n, m.entry_id, m.conversation_id from message m
    where m.tenant_id = moved.tenant_id and m.visitor_id = moved.visitor_id and m.direction = 'out' and m.n <= moved.delivered_n
      and m.n > case when moved.read_n > moved.read_before then moved.read_before else moved.delivered_before end
  ) m on true
  where moved.delivered_n > moved.delivered_before or moved.read_n > moved.read_before
  order by moved.tenant_id, moved.visitor_id, m.n`;

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
    report(
      tx,
      rows.filter((row): row is PassedRow => row.n !== null),
    );
    const moved = new Map(rows.map((row) => [`${row.tenant_id} ${row.visitor_id}`, row]));
    return [...moved.values()].map((row) => ({
      tenantId: row.tenant_id,
      visitorId: row.visitor_id,
      deliveredN: row.delivered_n,
      readN: row.read_n,
    }));
  });
}

function report(tx: Tx, passed: readonly PassedRow[]): void {
  const news = passed.flatMap((row) => {
    const status = statusOf(row);
    return status ? [{ ...row, status }] : [];
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

/** What is new about the message; null when it was known before. */
function statusOf({ n, read_n, delivered_before }: PassedRow): 'read' | 'delivered' | null {
  if (n <= read_n) return 'read';
  return n > delivered_before ? 'delivered' : null;
}
