import { Database, type Tx } from '@cordboard/persistence';
import { limits, type ThreadMessage } from '@cordboard/webchat-protocol';
import { Injectable } from '@nestjs/common';

/** A visitor's thread, without its messages. */
export interface Thread {
  lastN: number;
  deliveredN: number;
  readN: number;
  agentName: string | null;
}

interface MessageRow {
  n: number;
  id: string;
  direction: 'in' | 'out';
  text: string;
  client_msg_id: string | null;
  author_name: string | null;
  at: Date;
}

/** Whose thread, and after which number. */
export interface Cursor {
  tenantId: string;
  visitorId: string;
  afterN: number;
}

const columns = 'n, id, direction, text, client_msg_id, author_name, at';

@Injectable()
export class ThreadStore {
  constructor(private readonly database: Database) {}

  /** The thread's token hash, state, and what follows `lastN`, or the newest page where there is nothing to follow. */
  open(tenantId: string, visitorId: string, lastN: number | null) {
    return this.database.viewer([tenantId], async (tx) => {
      const [visitor, after, newest] = await Promise.all([
        tx.first<{ token_hash: Buffer; last_n: number; delivered_n: number; read_n: number; agent_name: string | null }>({
          name: 'open-thread',
          text: `select v.token_hash, t.last_n, k.delivered_n, k.read_n, t.agent_name
                 from visitor v
                 join thread t on t.tenant_id = v.tenant_id and t.visitor_id = v.id
                 join mark k on k.tenant_id = v.tenant_id and k.visitor_id = v.id
                 where v.tenant_id = $1 and v.id = $2`,
          values: [tenantId, visitorId],
        }),
        lastN === null ? [] : readAfter(tx, tenantId, visitorId, lastN),
        lastN === null ? readBefore(tx, tenantId, visitorId, 2_147_483_647) : [],
      ]);
      if (!visitor) return undefined;
      const { token_hash: tokenHash, last_n, delivered_n: deliveredN, read_n: readN, agent_name: agentName } = visitor;
      const messages = lastN === null ? newest : after;
      // A snapshot per statement: a message committed between the two is among the messages but not counted yet.
      const thread: Thread = { lastN: Math.max(last_n, messages.at(-1)?.n ?? 0), deliveredN, readN, agentName };
      return { tokenHash, thread, messages };
    });
  }

  after(tenantId: string, visitorId: string, n: number): Promise<ThreadMessage[]> {
    return this.database.viewer([tenantId], (tx) => readAfter(tx, tenantId, visitorId, n));
  }

  before(tenantId: string, visitorId: string, n: number): Promise<ThreadMessage[]> {
    return this.database.viewer([tenantId], (tx) => readBefore(tx, tenantId, visitorId, n));
  }

  /** For many visitors at once what each has not been given yet, in order. */
  afterCursors(cursors: readonly Cursor[]): Promise<(ThreadMessage & { visitorId: string })[]> {
    const tenants = [...new Set(cursors.map((cursor) => cursor.tenantId))];
    return this.database.viewer(tenants, async (tx) => {
      const rows = await tx.query<MessageRow & { visitor_id: string }>({
        name: 'messages-after-cursors',
        text: `select m.* from unnest($1::uuid[], $2::uuid[], $3::int[]) as c(tenant_id, visitor_id, n)
               cross join lateral (
                 select visitor_id, ${columns} from message m
                 where m.tenant_id = c.tenant_id and m.visitor_id = c.visitor_id and m.n > c.n order by m.n limit ${limits.resume}
               ) m`,
        values: [
          cursors.map((cursor) => cursor.tenantId),
          cursors.map((cursor) => cursor.visitorId),
          cursors.map((cursor) => cursor.afterN),
        ],
      });
      return rows.map((row) => ({ visitorId: row.visitor_id, ...messageOf(row) }));
    });
  }
}

async function readAfter(tx: Tx, tenantId: string, visitorId: string, n: number): Promise<ThreadMessage[]> {
  const rows = await tx.query<MessageRow>({
    name: 'messages-after',
    text: `select ${columns} from message where tenant_id = $1 and visitor_id = $2 and n > $3 order by n limit ${limits.resume}`,
    values: [tenantId, visitorId, n],
  });
  return rows.map(messageOf);
}

async function readBefore(tx: Tx, tenantId: string, visitorId: string, n: number): Promise<ThreadMessage[]> {
  const rows = await tx.query<MessageRow>({
    name: 'messages-before',
    text: `select ${columns} from message where tenant_id = $1 and visitor_id = $2 and n < $3 order by n desc limit ${limits.page}`,
    values: [tenantId, visitorId, n],
  });
  return rows.map(messageOf).reverse();
}

function messageOf(row: MessageRow): ThreadMessage {
  const { n, id, direction, text, client_msg_id: clientMsgId, author_name: authorName, at } = row;
  return { id, n, from: direction === 'in' ? 'visitor' : 'agent', text, clientMsgId, authorName, at: at.toISOString() };
}
