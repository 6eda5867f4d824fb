import type { ApolloCache, Reference } from '@apollo/client';
import type { StoredConnection } from '../api/cache';
import type { Conversation, ConversationFilter } from '../api/types';

export const mineFilter: ConversationFilter = { scope: 'MINE', state: 'OPEN' };
export const waitingFilter: ConversationFilter = { scope: 'WAITING', state: 'OPEN' };
export const allOpenFilter: ConversationFilter = { scope: 'ALL', state: 'OPEN' };
export const allClosedFilter: ConversationFilter = { scope: 'ALL', state: 'CLOSED' };

type Head = Pick<Conversation, 'state' | 'workState' | 'assigneeId'>;

/** With me: open, being worked on, and by me. */
export const isMine = (conversation: Head, viewerId: string): boolean =>
  conversation.state === 'OPEN' && conversation.workState === 'ACTIVE' && conversation.assigneeId === viewerId;

/** Nobody has it yet. */
export const isWaiting = (conversation: Head): boolean =>
  conversation.state === 'OPEN' && (conversation.workState === 'QUEUED' || conversation.workState === 'OFFERED');

/** Lists a conversation belongs to by its own state; rows that left a list are dropped where they are shown. */
const listsOf = (conversation: Head, viewerId: string): ConversationFilter[] => {
  if (conversation.state === 'CLOSED') return [allClosedFilter];
  const lists = [allOpenFilter];
  if (isMine(conversation, viewerId)) lists.push(mineFilter);
  if (isWaiting(conversation)) lists.push(waitingFilter);
  return lists;
};

/** Puts a conversation into each cached list it belongs to and is not in. */
export const addToLists = (cache: ApolloCache, conversation: Head & { id: string }, viewerId: string): void => {
  const wanted = new Set(listsOf(conversation, viewerId).map((filter) => `conversations:${JSON.stringify({ filter })}`));
  const node: Reference = { __ref: `Conversation:${conversation.id}` };
  cache.modify<{ conversations: StoredConnection }>({
    id: 'ROOT_QUERY',
    fields: {
      conversations(known, { storeFieldName }) {
        const connection = known as StoredConnection;
        if (!wanted.has(storeFieldName) || connection.edges.some((edge) => edge.node.__ref === node.__ref)) return connection;
        return { ...connection, edges: [{ __typename: 'ConversationEdge' as const, cursor: conversation.id, node }, ...connection.edges] };
      },
    },
  });
};
