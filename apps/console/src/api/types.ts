/** The console's view of libs/graphql/schema.graphql: one shape per fragment it asks for. A spec checks every document against the schema. */
import type { TenantColourName } from '@cordboard/ui';

export type PresenceStatus = 'AVAILABLE' | 'AWAY' | 'OFFLINE';
export type AwayReason = 'BREAK' | 'LUNCH' | 'TRAINING' | 'MEETING' | 'AFTER_THIS_ONE' | 'MISSED_OFFER';
export type Channel = 'WEBCHAT';
export type WorkState = 'QUEUED' | 'OFFERED' | 'ACTIVE' | 'DONE';
export type EntryKind = 'MESSAGE' | 'NOTE' | 'SYSTEM';
export type Author = 'CUSTOMER' | 'AGENT' | 'SYSTEM';
export type DeliveryStatus = 'PENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'UNKNOWN';
export type SystemCode =
  | 'OPENED'
  | 'OFFERED'
  | 'ACCEPTED'
  | 'DECLINED'
  | 'EXPIRED'
  | 'WITHDRAWN'
  | 'TAKEN'
  | 'TRANSFERRED'
  | 'REQUEUED'
  | 'CLOSED'
  | 'REOPENED';
export type OfferEnding = 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'WITHDRAWN';
export type DeclineReason = 'BUSY' | 'NOT_MY_FIELD' | 'TECHNICAL' | 'OTHER';
export type ConversationScope = 'MINE' | 'WAITING' | 'ALL';
export type ConversationState = 'OPEN' | 'CLOSED';

export interface LocalizedText {
  language: string;
  text: string;
}
export interface NamedOption {
  id: string;
  name: LocalizedText[];
}
export interface Tenant {
  __typename: 'Tenant';
  id: string;
  slug: string;
  name: string;
  shortName: string;
  colour: TenantColourName;
  languages: string[];
  timeZone: string;
  reasons: NamedOption[];
  outcomes: NamedOption[];
}
export interface Queue {
  __typename: 'Queue';
  id: string;
  tenantId: string;
  name: LocalizedText[];
  targetMs: number;
  nearMs: number;
}
export interface Presence {
  __typename: 'Presence';
  personId: string;
  status: PresenceStatus;
  reason: AwayReason | null;
  since: string;
  load: number;
  capacity: number;
  version: number;
}
export interface Viewer {
  __typename: 'Viewer';
  id: string;
  name: string;
  email: string;
  language: string;
  grants: { tenantId: string; role: 'AGENT' | 'SUPERVISOR' | 'TENANT_ADMIN' }[];
  tenants: Tenant[];
  presence: Presence;
  permissions: string[];
}
export interface Agent {
  __typename: 'Agent';
  id: string;
  name: string;
  tenantIds: string[];
  presence: Presence;
}
export interface Conversation {
  __typename: 'Conversation';
  id: string;
  tenantId: string;
  contactId: string;
  contactName: string | null;
  channel: Channel;
  state: ConversationState;
  rev: number;
  openedAt: string;
  closedAt: string | null;
  reasonId: string | null;
  outcomeId: string | null;
  previousId: string | null;
  lastLine: string;
  lastAuthor: Author;
  lastAt: string;
  unansweredSince: string | null;
  inboundCount: number;
  readCount: number;
  workState: WorkState;
  workVersion: number;
  assigneeId: string | null;
  queueId: string | null;
  page: { __typename: 'Page'; url: string; title: string } | null;
}
export interface SystemLine {
  code: SystemCode;
  personId: string | null;
  personName: string | null;
  durationMs: number | null;
  detail: string | null;
}
export interface Entry {
  __typename: 'Entry';
  id: string;
  conversationId: string;
  seq: number;
  rev: number;
  kind: EntryKind;
  author: Author;
  authorId: string | null;
  authorName: string | null;
  text: string;
  clientId: string | null;
  status: DeliveryStatus | null;
  system: SystemLine | null;
  occurredAt: string;
  recordedAt: string;
}
export interface TimelinePage {
  __typename: 'TimelinePage';
  entries: Entry[];
  rev: number;
  hasMore: boolean;
}
export interface Offer {
  __typename: 'Offer';
  id: string;
  tenantId: string;
  conversationId: string;
  queueId: string;
  agentId: string;
  channel: Channel;
  token: number;
  contactName: string | null;
  preview: string;
  enqueuedAt: string;
  madeAt: string;
  deadline: string;
}
export interface Contact {
  __typename: 'Contact';
  id: string;
  tenantId: string;
  name: string | null;
  language: string | null;
  createdAt: string;
  identities: { channel: Channel; value: string }[];
  conversations: Conversation[];
}
export interface ConversationFilter {
  scope: ConversationScope;
  tenantIds?: string[];
  state?: ConversationState;
  assigneeId?: string;
}
export interface ConversationConnection {
  __typename: 'ConversationConnection';
  edges: { __typename: 'ConversationEdge'; cursor: string; node: Conversation }[];
  pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null };
}

/** An expected refusal of a mutation; `code` is stable, `message` is the server's English wording. */
export interface Refusal {
  __typename: 'InputRefused' | 'SignInRefused' | 'ConversationMovedOn' | 'OfferGone' | 'WorkMovedOn';
  code: string;
  message: string;
  retryAfterMs?: number | null;
  takenBy?: string | null;
  assigneeName?: string | null;
  conversation?: Conversation;
}
export interface EntryPayload {
  __typename: 'EntryPayload';
  entry: Entry;
  conversation: Conversation;
}
export interface ConversationPayload {
  __typename: 'ConversationPayload';
  conversation: Conversation;
}
export interface PresencePayload {
  __typename: 'PresencePayload';
  presence: Presence;
}
export interface Done {
  __typename: 'Done';
  ok: boolean;
}
