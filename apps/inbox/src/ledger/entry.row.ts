import type { Entry, SystemLine } from '@cordboard/events';

/** A row of `entry`. */
export interface EntryRow {
  tenant_id: string;
  conversation_id: string;
  seq: number;
  id: string;
  rev: number;
  kind: string;
  author: string;
  author_id: string | null;
  author_name: string | null;
  text: string;
  client_id: string | null;
  status: string | null;
  system: SystemLine | null;
  occurred_at: Date;
  recorded_at: Date;
}

/** Columns of EntryRow, for a query that calls the table `e`. */
export const entryColumns = `e.tenant_id, e.conversation_id, e.seq, e.id, e.rev, e.kind, e.author, e.author_id, e.author_name, e.text,
  e.client_id, e.status, e.system, e.occurred_at, e.recorded_at`;

export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    conversationId: row.conversation_id,
    seq: row.seq,
    rev: row.rev,
    kind: row.kind as Entry['kind'],
    author: row.author as Entry['author'],
    authorId: row.author_id,
    authorName: row.author_name,
    text: row.text,
    clientId: row.client_id,
    status: row.status as Entry['status'],
    system: row.system,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
  };
}
