import { gql } from '@apollo/client';
import { conversationFields } from '../api/fragments.graphql';
import type { Command } from '../api/perform';
import type { ConversationPayload, DeclineReason, Done } from '../api/types';

interface Ref {
  clientId: string;
  tenantId: string;
  offerId: string;
  token: number;
}

export const acceptOffer: Command<ConversationPayload, Ref> = gql`
  mutation AcceptOffer($input: AcceptOfferInput!) {
    acceptOffer(input: $input) {
      ... on ConversationPayload {
        conversation {
          ...ConversationFields
        }
      }
      ... on Refusal {
        code
        message
      }
      ... on OfferGone {
        takenBy
      }
    }
  }
  ${conversationFields}
`;

export const declineOffer: Command<Done, Ref & { reason: DeclineReason }> = gql`
  mutation DeclineOffer($input: DeclineOfferInput!) {
    declineOffer(input: $input) {
      ... on Done {
        ok
      }
      ... on Refusal {
        code
        message
      }
      ... on OfferGone {
        takenBy
      }
    }
  }
`;
