import type { EventOf } from '@cordboard/event-bus';
import type { DeliveryStatus, deliveryReported, Entry } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import { type EntryRow, entryColumns, entryOf } from '../ledger/entry.row';
import { Ledger, lockConversations, readClock } from '../ledger/ledger';
import { movesForward } from './delivery.states';

type Report = EventOf<typeof deliveryReported>;

export const selectEntries = {
  name: 'inbox-entries-by-id',
  text: `select e.*
    from (select distinct tenant_id, id from unnest($1::uuid[], $2::uuid[]) as w(tenant_id, id)) w
    cross join lateral (
      select ${entryColumns} from entry e where e.tenant_id = w.tenant_id and e.id = w.id limit 1
    ) e`,
};

/**
 * Moves the entries of a batch of reports forward; each changed entry is announced once, with the furthest status of the
 * batch. The conversation's lock comes first, for an entry changes only under it; where a report names another
 * conversation than its entry's (a customer reads old and new messages at once), the entry's is locked as well.
 *
 * A report about an entry that is not there fails: the bus tries it again (a report may overtake the entry when both
 * come from different transactions) and in the end keeps it as a dead letter, in sight of an operator. The other
 * reports of the batch are not held up, for the bus then hands them in one at a time.
 */
export async function recordDelivery(tx: Tx, reports: readonly Report[]): Promise<void> {
  const { conversations, entries, at } = await readGround(tx, reports);
  const ledger = new Ledger(tx, at);
  for (const [entry, { status, traceparent }] of furthest(reports, entries)) {
    const conversation = conversations.get(entry.conversationId);
    if (!conversation) throw new Error(`Entry ${entry.id} stands in conversation ${entry.conversationId}, which is not in the ledger.`);
    ledger.amend(conversation, entry, status, traceparent);
  }
  ledger.save();
}

async function readGround(tx: Tx, reports: readonly Report[]) {
  const named = new Map(reports.map(({ tenantid, data }) => [data.conversationId, { tenantId: tenantid, id: data.conversationId }]));
  const wanted = reports.flatMap((report) => report.data.entryIds.map((id) => ({ tenantId: report.tenantid, id })));
  const readEntries = async () => {
    const values = [wanted.map((entry) => entry.tenantId), wanted.map((entry) => entry.id)];
    const rows = await tx.query<EntryRow>({ ...selectEntries, values });
    return new Map(rows.map((row) => [row.id, entryOf(row)]));
  };
  const [conversations, entries, at] = await Promise.all([lockConversations(tx, [...named.values()]), readEntries(), readClock(tx)]);
  const others = [...entries.values()].filter((entry) => !conversations.has(entry.conversationId));
  if (others.length === 0) return { conversations, entries, at };
  const unnamed = new Map(others.map(({ tenantId, conversationId }) => [conversationId, { tenantId, id: conversationId }]));
  const [more, again] = await Promise.all([lockConversations(tx, [...unnamed.values()]), readEntries()]);
  return { conversations: new Map([...conversations, ...more]), entries: again, at };
}

function furthest(reports: readonly Report[], entries: ReadonlyMap<string, Entry>) {
  const moves = new Map<Entry, { status: DeliveryStatus; traceparent: string | undefined }>();
  for (const { data, traceparent } of reports) {
    for (const id of data.entryIds) {
      const entry = entries.get(id);
      if (!entry) throw new Error(`A delivery report came for entry ${id}, which is not in the ledger (yet).`);
      if (movesForward(moves.get(entry)?.status ?? entry.status, data.status)) moves.set(entry, { status: data.status, traceparent });
    }
  }
  return moves;
}
