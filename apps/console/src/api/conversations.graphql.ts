import { gql, type TypedDocumentNode } from '@apollo/client';
import { conversationFields, entryFields } from './fragments.graphql';
import type { Conversation, ConversationConnection, ConversationFilter, TimelinePage } from './types';

export const conversationsQuery: TypedDocumentNode<
  { conversations: ConversationConnection },
  { filter: ConversationFilter; first?: number; after?: string | null }
> = gql`
  query Conversations($filter: ConversationFilter!, $first: Int = 50, $after: String) {
    conversations(filter: $filter, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...ConversationFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${conversationFields}
`;

export const countsQuery: TypedDocumentNode<
  { conversationCounts: { __typename: 'ConversationCounts'; mine: number; waiting: number; open: number } },
  Record<string, never>
> = gql`
  query ConversationCounts {
    conversationCounts {
      mine
      waiting
      open
    }
  }
`;

export const conversationQuery: TypedDocumentNode<{ conversation: Conversation | null }, { tenantId: string; id: string }> = gql`
  query Conversation($tenantId: ID!, $id: ID!) {
    conversation(tenantId: $tenantId, id: $id) {
      ...ConversationFields
    }
  }
  ${conversationFields}
`;

export interface TimelineVariables {
  tenantId: string;
  conversationId: string;
  afterRev?: number | null;
  beforeSeq?: number | null;
  first?: number;
}

export const timelineQuery: TypedDocumentNode<{ timeline: TimelinePage }, TimelineVariables> = gql`
  query Timeline($tenantId: ID!, $conversationId: ID!, $afterRev: Int, $beforeSeq: Int, $first: Int = 60) {
    timeline(tenantId: $tenantId, conversationId: $conversationId, afterRev: $afterRev, beforeSeq: $beforeSeq, first: $first) {
      entries {
        ...EntryFields
      }
      rev
      hasMore
    }
  }
  ${entryFields}
`;
