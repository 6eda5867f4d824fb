import type { Entry } from '@cordboard/events';
import type { Statement, Tx } from '@cordboard/persistence';
import { notFound } from '@cordboard/rpc';
import { type EntryRow, entryColumns, entryOf } from './entry.row';

export interface TimelineWish {
  tenantId: string;
  conversationId: string;
  /** Everything inserted or changed since. */
  afterRev: number | null;
  /** Without `afterRev`: the newest entries before this one. */
  beforeSeq: number | null;
  first: number;
}

export function timelineStatement({ tenantId, conversationId, afterRev, beforeSeq, first }: TimelineWish): Statement {
  const resume = afterRev !== null;
  return {
    text: `select ${entryColumns} from entry e where e.tenant_id = $1 and e.conversation_id = $2
      and ${resume ? 'e.rev > $3 order by e.rev' : 'e.seq < $3 order by e.seq desc'} limit $4`,
    values: [tenantId, conversationId, afterRev ?? beforeSeq ?? 2 ** 31 - 1, first + 1],
  };
}

/**
 * A stretch of a timeline. A resume comes in order of `rev`; `rev` of the answer is how far it is complete, so the next
 * resume asks from there. Pages come in order of `seq`. The conversation's `rev` is read before the entries: what
 * is written in between comes again with the next resume, and nothing is left out.
 */
export async function readTimeline(tx: Tx, wish: TimelineWish): Promise<{ entries: Entry[]; rev: number; hasMore: boolean }> {
  const [conversation, rows] = await Promise.all([
    tx.first<{ rev: number }>({
      text: 'select rev from conversation where tenant_id = $1 and id = $2',
      values: [wish.tenantId, wish.conversationId],
    }),
    tx.query<EntryRow>(timelineStatement(wish)),
  ]);
  if (!conversation) throw notFound('conversation');
  const hasMore = rows.length > wish.first;
  const entries = rows.slice(0, wish.first).map(entryOf);
  if (wish.afterRev === null) return { entries: entries.reverse(), rev: conversation.rev, hasMore };
  const last = entries.at(-1)?.rev ?? 0;
  return { entries, rev: hasMore ? last : Math.max(conversation.rev, last), hasMore };
}
