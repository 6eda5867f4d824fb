import { gql, type TypedDocumentNode } from '@apollo/client';
import type { Conversation, Entry, Offer, Presence } from './types';

export const presenceFields: TypedDocumentNode<Presence> = gql`
  fragment PresenceFields on Presence {
    personId
    status
    reason
    since
    load
    capacity
    version
  }
`;

/** Everything of a conversation that all who may see it share; the viewer's own readCount is asked for beside it. */
export const conversationHead: TypedDocumentNode<Conversation> = gql`
  fragment ConversationHead on Conversation {
    id
    tenantId
    contactId
    contactName
    channel
    state
    rev
    openedAt
    closedAt
    reasonId
    outcomeId
    previousId
    lastLine
    lastAuthor
    lastAt
    unansweredSince
    inboundCount
    workState
    workVersion
    assigneeId
    queueId
    page {
      url
      title
    }
  }
`;

export const conversationFields: TypedDocumentNode<Conversation> = gql`
  fragment ConversationFields on Conversation {
    ...ConversationHead
    readCount
  }
  ${conversationHead}
`;

export const entryFields: TypedDocumentNode<Entry> = gql`
  fragment EntryFields on Entry {
    id
    conversationId
    seq
    rev
    kind
    author
    authorId
    authorName
    text
    clientId
    status
    system {
      code
      personId
      personName
      durationMs
      detail
    }
    occurredAt
    recordedAt
  }
`;

export const offerFields: TypedDocumentNode<Offer> = gql`
  fragment OfferFields on Offer {
    id
    tenantId
    conversationId
    queueId
    agentId
    channel
    token
    contactName
    preview
    enqueuedAt
    madeAt
    deadline
  }
`;
