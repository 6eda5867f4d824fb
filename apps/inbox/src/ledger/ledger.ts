import {
  contactChanged,
  conversationClosed,
  conversationOpened,
  conversationReopened,
  conversationUpdated,
  type DataOf,
  type Entry,
  type EventDefinition,
  messageRecorded,
  messageUpdated,
  newEvent,
  outboundRequested,
} from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import { v7 as uuidv7 } from 'uuid';
import { type Conversation, type ConversationRow, conversationOf, rowOf } from '../conversation/conversation.row';
import { ledgerSql } from './ledger.sql';

/** What an entry is made of, beside its place in the timeline. */
export interface NewEntry {
  kind: Entry['kind'];
  author: Entry['author'];
  authorId?: string | null;
  authorName?: string | null;
  text?: string;
  clientId?: string | null;
  status?: Entry['status'];
  system?: Entry['system'];
  /** ISO; never later than the moment of recording, which is also what it is when left out. */
  occurredAt?: string;
  /** Who sent it on the channel, and the provider's id: the pair counts once. */
  origin?: { identityId: string; externalId: string };
}

/** Locks conversations in the one order (tenant, id) and reads them; those that do not exist are missing in the answer. */
export async function lockConversations(tx: Tx, refs: readonly { tenantId: string; id: string }[]): Promise<Map<string, Conversation>> {
  const rows = await tx.query<ConversationRow>({
    ...ledgerSql.lockConversations,
    values: [refs.map((ref) => ref.tenantId), refs.map((ref) => ref.id)],
  });
  return new Map(rows.map((row) => [row.id, conversationOf(row)]));
}

/** The database's clock, read after the locks are held. */
export async function readClock(tx: Tx): Promise<Date> {
  const row = await tx.first<{ at: Date }>(ledgerSql.clock);
  if (!row) throw new Error('The database did not tell the time.');
  return row.at;
}

/**
 * One transaction's writing in the ledger. Everybody works in the same way: lock the contacts (where a conversation
 * may open or close), then the conversations, both in order of (tenant, id); read them; change them in memory, entry by
 * entry; write all back with one statement per table. While the rows are locked nobody else can count `seq` or
 * `rev`, so both stay dense without asking the database again, and the number of statements does not depend on the
 * number of messages.
 *
 * Events are made at once, so each carries the conversation as it stood after its own entry.
 */
export class Ledger {
  private readonly opened = new Set<Conversation>();
  private readonly announced = new Set<Conversation>();
  private readonly changed = new Set<Conversation>();
  private readonly recorded: Record<string, unknown>[] = [];
  private readonly amended: Entry[] = [];

  constructor(
    private readonly tx: Tx,
    readonly at: Date,
  ) {}

  /** Adds a conversation that does not exist yet; it is announced with its first entry. */
  open(conversation: Conversation): void {
    this.opened.add(conversation);
  }

  /** Puts an entry at the end of a timeline; `change` says what it does to the conversation. */
  record(conversation: Conversation, given: NewEntry, traceparent: string | undefined, change?: (entry: Entry) => void): Entry {
    const recordedAt = this.at.toISOString();
    const entry: Entry = {
      id: uuidv7(),
      tenantId: conversation.tenantId,
      conversationId: conversation.id,
      seq: ++conversation.lastSeq,
      rev: this.touch(conversation),
      kind: given.kind,
      author: given.author,
      authorId: given.authorId ?? null,
      authorName: given.authorName ?? null,
      text: given.text ?? '',
      clientId: given.clientId ?? null,
      status: given.status ?? null,
      system: given.system ?? null,
      occurredAt: earlier(given.occurredAt, this.at),
      recordedAt,
    };
    change?.(entry);
    this.recorded.push(entryRow(entry, given.origin));
    if (this.opened.has(conversation) && !this.announced.has(conversation)) {
      this.announced.add(conversation);
      this.publish(conversationOpened, conversation, { conversation }, traceparent);
    }
    this.publish(messageRecorded, conversation, { conversation, entry }, traceparent);
    return entry;
  }

  /** Moves an entry that stands in the timeline to another delivery status; once per entry and transaction. */
  amend(conversation: Conversation, entry: Entry, status: Entry['status'], traceparent: string | undefined): Entry {
    const amended = { ...entry, status, rev: this.touch(conversation) };
    this.amended.push(amended);
    this.publish(messageUpdated, conversation, { conversation, entry: amended }, traceparent);
    return amended;
  }

  /** Counts a change of the conversation itself. */
  touch(conversation: Conversation): number {
    this.changed.add(conversation);
    return ++conversation.rev;
  }

  announceUpdate(conversation: Conversation, traceparent: string | undefined): void {
    this.publish(conversationUpdated, conversation, { conversation }, traceparent);
  }

  announceClosed(conversation: Conversation, traceparent: string | undefined): void {
    this.publish(conversationClosed, conversation, { conversation }, traceparent);
  }

  announceReopened(conversation: Conversation, traceparent: string | undefined): void {
    this.publish(conversationReopened, conversation, { conversation }, traceparent);
  }

  announceContact(contact: DataOf<typeof contactChanged>, traceparent: string | undefined): void {
    this.publish(contactChanged, contact, contact, traceparent);
  }

  requestOutbound(conversation: Conversation, entry: Entry, authorName: string | null, traceparent: string | undefined): void {
    const { channel, identity } = conversation;
    const { text, occurredAt } = entry;
    const payload = { channel, identity, conversationId: conversation.id, entryId: entry.id, text, authorName, occurredAt };
    this.publish(outboundRequested, conversation, payload, traceparent);
  }

  /** Writes everything back, in one write with the commit. */
  save(): void {
    const writes = [
      { statement: ledgerSql.writeConversations, rows: [...this.changed].map(rowOf) },
      { statement: ledgerSql.insertEntries, rows: this.recorded },
      { statement: ledgerSql.amendEntries, rows: this.amended.map((entry) => entryRow(entry)) },
    ];
    for (const { statement, rows } of writes) {
      if (rows.length > 0) this.tx.send({ ...statement, values: [JSON.stringify(rows)] });
    }
  }

  private publish<Definition extends EventDefinition>(
    definition: Definition,
    { tenantId }: { tenantId: string },
    payload: DataOf<Definition>,
    traceparent: string | undefined,
  ): void {
    this.tx.publish(newEvent(definition, { source: 'inbox', tenantId, traceparent }, payload));
  }
}

function earlier(occurredAt: string | undefined, now: Date): string {
  const at = occurredAt === undefined ? now.getTime() : Math.min(Date.parse(occurredAt), now.getTime());
  return new Date(at).toISOString();
}

function entryRow(entry: Entry, origin?: NewEntry['origin']): Record<string, unknown> {
  return {
    tenant_id: entry.tenantId,
    conversation_id: entry.conversationId,
    seq: entry.seq,
    id: entry.id,
    rev: entry.rev,
    kind: entry.kind,
    author: entry.author,
    author_id: entry.authorId,
    author_name: entry.authorName,
    text: entry.text,
    client_id: entry.clientId,
    identity_id: origin?.identityId ?? null,
    external_id: origin?.externalId ?? null,
    status: entry.status,
    system: entry.system,
    occurred_at: entry.occurredAt,
    recorded_at: entry.recordedAt,
  };
}
