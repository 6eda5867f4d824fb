import { gql, type TypedDocumentNode } from '@apollo/client';
import { conversationFields } from '../api/fragments.graphql';
import type { Contact } from '../api/types';

export const contactQuery: TypedDocumentNode<{ contact: Contact | null }, { tenantId: string; id: string }> = gql`
  query Contact($tenantId: ID!, $id: ID!) {
    contact(tenantId: $tenantId, id: $id) {
      id
      tenantId
      name
      language
      createdAt
      identities {
        channel
        value
      }
      conversations(first: 10) {
        ...ConversationFields
      }
    }
  }
  ${conversationFields}
`;
