import { gql } from '@apollo/client';
import { conversationFields, entryFields } from '../api/fragments.graphql';
import type { Command } from '../api/perform';
import type { EntryPayload } from '../api/types';

export interface EntryInput {
  clientId: string;
  tenantId: string;
  conversationId: string;
  text: string;
}

export const sendMessage: Command<EntryPayload, EntryInput> = gql`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      ... on EntryPayload {
        entry {
          ...EntryFields
        }
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
  ${entryFields}
  ${conversationFields}
`;

export const addNote: Command<EntryPayload, EntryInput> = gql`
  mutation AddNote($input: AddNoteInput!) {
    addNote(input: $input) {
      ... on EntryPayload {
        entry {
          ...EntryFields
        }
        conversation {
          ...ConversationFields
        }
      }
      ... on Refusal {
        code
        message
      }
    }
  }
  ${entryFields}
  ${conversationFields}
`;
