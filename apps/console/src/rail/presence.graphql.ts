import { gql } from '@apollo/client';
import { presenceFields } from '../api/fragments.graphql';
import type { Command } from '../api/perform';
import type { AwayReason, PresencePayload, PresenceStatus } from '../api/types';

export const setPresence: Command<PresencePayload, { clientId: string; status: PresenceStatus; reason: AwayReason | null }> = gql`
  mutation SetPresence($input: SetPresenceInput!) {
    setPresence(input: $input) {
      ... on PresencePayload {
        presence {
          ...PresenceFields
        }
      }
      ... on Refusal {
        code
        message
      }
    }
  }
  ${presenceFields}
`;
