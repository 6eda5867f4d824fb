import { gql, type TypedDocumentNode } from '@apollo/client';
import { conversationFields } from '../api/fragments.graphql';
import type { Command } from '../api/perform';
import type { ConversationPayload, Done } from '../api/types';

interface Ref {
  clientId: string;
  tenantId: string;
  conversationId: string;
}

export const closeConversation: Command<ConversationPayload, Ref & { expectedRev: number; reasonId: string; outcomeId: string }> = gql`
  mutation CloseConversation($input: CloseConversationInput!) {
    closeConversation(input: $input) {
      ... on ConversationPayload {
        conversation {
          ...ConversationFields
        }
      }
      ... on Refusal {
        code
        message
      }
      ... on ConversationMovedOn {
        conversation {
          ...ConversationFields
        }
      }
    }
  }
  ${conversationFields}
`;

export const reopenConversation: Command<ConversationPayload, Ref> = gql`
  mutation ReopenConversation($input: ReopenConversationInput!) {
    reopenConversation(input: $input) {
      ... on ConversationPayload {
        conversation {
          ...ConversationFields
        }
      }
      ... on Refusal {
        code
        message
      }
      ... on ConversationMovedOn {
        conversation {
          ...ConversationFields
        }
      }
    }
  }
  ${conversationFields}
`;

export const takeConversation: Command<ConversationPayload, Ref & { expectedWorkVersion: number }> = gql`
  mutation TakeConversation($input: TakeConversationInput!) {
    takeConversation(input: $input) {
      ... on ConversationPayload {
        conversation {
          ...ConversationFields
        }
      }
      ... on Refusal {
        code
        message
      }
      ... on WorkMovedOn {
        assigneeName
      }
    }
  }
  ${conversationFields}
`;

export const transferConversation: Command<ConversationPayload, Ref & { expectedWorkVersion: number; toAgentId: string | null }> = gql`
  mutation TransferConversation($input: TransferConversationInput!) {
    transferConversation(input: $input) {
      ... on ConversationPayload {
        conversation {
          ...ConversationFields
        }
      }
      ... on Refusal {
        code
        message
      }
      ... on WorkMovedOn {
        assigneeName
      }
    }
  }
  ${conversationFields}
`;

export const markRead: TypedDocumentNode<
  { markRead: Done },
  { input: { tenantId: string; conversationId: string; inboundCount: number } }
> = gql`
  mutation MarkRead($input: MarkReadInput!) {
    markRead(input: $input) {
      ok
    }
  }
`;

export const setTyping: TypedDocumentNode<{ setTyping: Done }, { input: { tenantId: string; conversationId: string; typing: boolean } }> =
  gql`
  mutation SetTyping($input: SetTypingInput!) {
    setTyping(input: $input) {
      ok
    }
  }
`;
