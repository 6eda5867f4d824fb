import { InMemoryCache, type Reference } from '@apollo/client';
import { mergePage, type PageArguments, type Thread } from '../live/thread';

export interface StoredConnection {
  __typename: 'ConversationConnection';
  edges: { __typename: 'ConversationEdge'; cursor: string; node: Reference }[];
  pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null };
}

/** Pages of one list joined: nothing twice, nothing lost; which rows belong is decided where they are shown, from their state. */
const joinPages = (known: StoredConnection | undefined, incoming: StoredConnection, after: string | null | undefined): StoredConnection => {
  if (!known) return incoming;
  const [head, tail] = after ? [known.edges, incoming.edges] : [incoming.edges, known.edges];
  const seen = new Set(head.map((edge) => edge.node.__ref));
  const edges = [...head, ...tail.filter((edge) => !seen.has(edge.node.__ref))];
  const furtherLoaded = !after && known.pageInfo.endCursor !== null && known.edges.length > incoming.edges.length;
  return { ...incoming, edges, pageInfo: furtherLoaded ? known.pageInfo : incoming.pageInfo };
};

/** The GraphQL cache. Threads keep their entries inside, merged by rev; everything else is normalised by id. */
export const createCache = (): InMemoryCache =>
  new InMemoryCache({
    possibleTypes: { Refusal: ['InputRefused', 'SignInRefused', 'ConversationMovedOn', 'OfferGone', 'WorkMovedOn'] },
    typePolicies: {
      Entry: { keyFields: false },
      Reason: { keyFields: ['id'] },
      // A function, so that the id is the plain one that events are written under.
      Presence: { keyFields: ({ personId }) => `Presence:${String(personId)}` },
      Conversation: {
        fields: {
          readCount: {
            read: (stored: number | undefined) => stored ?? 0,
            merge: (known: number | undefined, incoming: number) => Math.max(known ?? 0, incoming),
          },
          page: { merge: false },
        },
      },
      Query: {
        fields: {
          conversations: {
            keyArgs: ['filter'],
            merge: (known: StoredConnection | undefined, incoming: StoredConnection, { args }) =>
              joinPages(known, incoming, args?.after as string | null | undefined),
          },
          timeline: {
            keyArgs: ['tenantId', 'conversationId'],
            merge: (known: Thread | undefined, incoming: Thread, { args }) => mergePage(known, incoming, (args ?? {}) as PageArguments),
          },
          conversation: {
            read: (stored: unknown, { args, toReference }) =>
              stored ?? (args ? toReference({ __typename: 'Conversation', id: String(args.id) }) : undefined),
          },
          conversationCounts: { merge: true },
          offers: { merge: false },
          agents: { merge: false },
          queues: { merge: false },
        },
      },
    },
  });
