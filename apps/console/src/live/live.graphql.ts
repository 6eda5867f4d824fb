import { gql, type TypedDocumentNode } from '@apollo/client';
import { conversationHead, entryFields, offerFields, presenceFields } from '../api/fragments.graphql';
import type { Conversation, ConversationScope, Entry, Offer, OfferEnding, Presence } from '../api/types';

export type HeadEvent = { conversation: Omit<Conversation, 'readCount'>; entry: Entry | null; left: boolean };

export const conversationEvents: TypedDocumentNode<{ conversationEvents: HeadEvent }, { scope: ConversationScope }> = gql`
  subscription ConversationEvents($scope: ConversationScope!) {
    conversationEvents(scope: $scope) {
      conversation {
        ...ConversationHead
      }
      entry {
        ...EntryFields
      }
      left
    }
  }
  ${conversationHead}
  ${entryFields}
`;

export const offerEvents: TypedDocumentNode<{ offerEvents: { offer: Offer; ending: OfferEnding | null } }, Record<string, never>> = gql`
  subscription OfferEvents {
    offerEvents {
      offer {
        ...OfferFields
      }
      ending
    }
  }
  ${offerFields}
`;

export const presenceEvents: TypedDocumentNode<{ presenceEvents: Presence }, Record<string, never>> = gql`
  subscription PresenceEvents {
    presenceEvents {
      ...PresenceFields
    }
  }
  ${presenceFields}
`;

export interface TypingEvent {
  tenantId: string;
  conversationId: string;
  name: string | null;
  customer: boolean;
  typing: boolean;
}

export const typingEvents: TypedDocumentNode<{ typingEvents: TypingEvent }, { conversationId?: string | null }> = gql`
  subscription TypingEvents($conversationId: ID) {
    typingEvents(conversationId: $conversationId) {
      tenantId
      conversationId
      name
      customer
      typing
    }
  }
`;

export const offersQuery: TypedDocumentNode<{ offers: Offer[] }, Record<string, never>> = gql`
  query Offers {
    offers {
      ...OfferFields
    }
  }
  ${offerFields}
`;
