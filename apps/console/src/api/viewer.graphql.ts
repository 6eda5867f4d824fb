import { gql, type TypedDocumentNode } from '@apollo/client';
import { presenceFields } from './fragments.graphql';
import type { Agent, Queue, Viewer } from './types';

export const viewerQuery: TypedDocumentNode<{ viewer: Viewer | null }, Record<string, never>> = gql`
  query Viewer {
    viewer {
      id
      name
      email
      language
      permissions
      grants {
        tenantId
        role
      }
      tenants {
        id
        slug
        name
        shortName
        colour
        languages
        timeZone
        reasons {
          id
          name {
            language
            text
          }
        }
        outcomes {
          id
          name {
            language
            text
          }
        }
      }
      presence {
        ...PresenceFields
      }
    }
  }
  ${presenceFields}
`;

export const queuesQuery: TypedDocumentNode<{ queues: Queue[] }, Record<string, never>> = gql`
  query Queues {
    queues {
      id
      tenantId
      name {
        language
        text
      }
      targetMs
      nearMs
    }
  }
`;

export const agentsQuery: TypedDocumentNode<{ agents: Agent[] }, Record<string, never>> = gql`
  query Agents {
    agents {
      id
      name
      tenantIds
      presence {
        ...PresenceFields
      }
    }
  }
  ${presenceFields}
`;
