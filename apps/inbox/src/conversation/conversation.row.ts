import type { ConversationHead } from '@cordboard/events';
import type { ConversationView } from '@cordboard/rpc';

/** A row of `conversation`, joined with its contact's name. */
export interface ConversationRow {
  tenant_id: string;
  id: string;
  contact_id: string;
  contact_name: string | null;
  channel: string;
  identity: string;
  state: string;
  rev: number;
  last_seq: number;
  inbound_rev: number;
  state_rev: number;
  opened_at: Date;
  closed_at: Date | null;
  reason_id: string | null;
  outcome_id: string | null;
  previous_id: string | null;
  last_line: string;
  last_author: string;
  last_at: Date;
  unanswered_since: Date | null;
  inbound_count: number;
  work_state: string;
  work_version: number;
  assignee_id: string | null;
  queue_id: string | null;
  page_url: string | null;
  page_title: string | null;
}

/** A conversation as the inbox works on it: what everybody may know, and its own bookkeeping. */
export interface Conversation extends ConversationHead {
  /** `seq` of the newest entry. */
  lastSeq: number;
  /** `rev` at which the customer last wrote, and at which the state last changed: what a close may conflict with. */
  inboundRev: number;
  stateRev: number;
}

/** Columns of ConversationRow, for a query that calls the tables `c` and `k` (contact). */
export const conversationColumns = 'c.*, k.name as contact_name';

export function conversationOf(row: ConversationRow): Conversation {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    contactId: row.contact_id,
    contactName: row.contact_name,
    channel: row.channel as Conversation['channel'],
    identity: row.identity,
    state: row.state as Conversation['state'],
    rev: row.rev,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    reasonId: row.reason_id,
    outcomeId: row.outcome_id,
    previousId: row.previous_id,
    lastLine: row.last_line,
    lastAuthor: row.last_author as Conversation['lastAuthor'],
    lastAt: row.last_at.toISOString(),
    unansweredSince: row.unanswered_since?.toISOString() ?? null,
    inboundCount: row.inbound_count,
    workState: row.work_state as Conversation['workState'],
    workVersion: row.work_version,
    assigneeId: row.assignee_id,
    queueId: row.queue_id,
    page: row.page_url === null ? null : { url: row.page_url, title: row.page_title ?? '' },
    lastSeq: row.last_seq,
    inboundRev: row.inbound_rev,
    stateRev: row.state_rev,
  };
}

/** The row of a conversation, by column name, for `json_to_recordset`. */
export function rowOf(conversation: Conversation): Record<string, unknown> {
  return {
    tenant_id: conversation.tenantId,
    id: conversation.id,
    contact_id: conversation.contactId,
    channel: conversation.channel,
    identity: conversation.identity,
    state: conversation.state,
    rev: conversation.rev,
    last_seq: conversation.lastSeq,
    inbound_rev: conversation.inboundRev,
    state_rev: conversation.stateRev,
    opened_at: conversation.openedAt,
    closed_at: conversation.closedAt,
    reason_id: conversation.reasonId,
    outcome_id: conversation.outcomeId,
    previous_id: conversation.previousId,
    last_line: conversation.lastLine,
    last_author: conversation.lastAuthor,
    last_at: conversation.lastAt,
    unanswered_since: conversation.unansweredSince,
    inbound_count: conversation.inboundCount,
    work_state: conversation.workState,
    work_version: conversation.workVersion,
    assignee_id: conversation.assigneeId,
    queue_id: conversation.queueId,
    page_url: conversation.page?.url ?? null,
    page_title: conversation.page?.title ?? null,
  };
}

/** A conversation as one person sees it; the inbox's bookkeeping is left out. */
export function viewOf({ lastSeq, inboundRev, stateRev, ...head }: Conversation, readCount: number): ConversationView {
  return { ...head, readCount };
}
