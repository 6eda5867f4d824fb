import type { ConversationHead, Entry, OfferShape } from '@cordboard/events';
import type { Actor, ConversationView } from '@cordboard/rpc';
import { v7 as uuidv7 } from 'uuid';

export const clinic = '0190a000-0000-7000-8000-00000000000a';
export const shop = '0190a000-0000-7000-8000-00000000000b';
const operatorId = '0190a000-0000-7000-8000-000000000001';
const now = '2026-01-31T08:30:00.000Z';

export function anActor(overrides: Partial<Actor> = {}): Actor {
  return {
    personId: uuidv7(),
    name: 'Maria Kern',
    operatorId,
    sessionId: uuidv7(),
    grants: [{ tenantId: clinic, role: 'agent' }],
    ...overrides,
  };
}

export function aConversation(overrides: Partial<ConversationHead> = {}): ConversationHead {
  return {
    id: uuidv7(),
    tenantId: clinic,
    contactId: uuidv7(),
    contactName: null,
    channel: 'webchat',
    identity: uuidv7(),
    state: 'open',
    rev: 3,
    openedAt: now,
    closedAt: null,
    reasonId: null,
    outcomeId: null,
    previousId: null,
    lastLine: 'Are you open on Sunday?',
    lastAuthor: 'customer',
    lastAt: now,
    unansweredSince: now,
    inboundCount: 2,
    workState: 'queued',
    workVersion: 1,
    assigneeId: null,
    queueId: null,
    page: null,
    ...overrides,
  };
}

export function aView(overrides: Partial<ConversationView> = {}): ConversationView {
  return { ...aConversation(overrides), readCount: 0, ...overrides };
}

export function anEntry(conversation: ConversationHead, overrides: Partial<Entry> = {}): Entry {
  return {
    id: uuidv7(),
    tenantId: conversation.tenantId,
    conversationId: conversation.id,
    seq: 1,
    rev: conversation.rev,
    kind: 'message',
    author: 'customer',
    authorId: null,
    authorName: null,
    text: 'Are you open on Sunday?',
    clientId: null,
    status: null,
    system: null,
    occurredAt: now,
    recordedAt: now,
    ...overrides,
  };
}

export function anOffer(overrides: Partial<OfferShape> = {}): OfferShape {
  return {
    id: uuidv7(),
    tenantId: clinic,
    conversationId: uuidv7(),
    queueId: uuidv7(),
    agentId: uuidv7(),
    channel: 'webchat',
    token: 1,
    contactName: null,
    preview: 'Are you open on Sunday?',
    enqueuedAt: now,
    madeAt: now,
    deadline: now,
    ...overrides,
  };
}
