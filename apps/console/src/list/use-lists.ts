import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { conversationsQuery, countsQuery } from '../api/conversations.graphql';
import type { Conversation, ConversationFilter } from '../api/types';
import { isMine, isWaiting, mineFilter, waitingFilter } from '../live/lists';
import { useQueues, useSession } from '../shared/session';
import { byNextToAnswer } from './order';

export interface ListState {
  rows: readonly Conversation[];
  /** Null while the first answer is on its way. */
  loaded: boolean;
  failed: boolean;
  retry: () => void;
  more: (() => void) | null;
}

const none: readonly Conversation[] = [];

/** One list, sorted, live: rows that no longer belong are dropped by their own state. */
export const useConversations = (
  filter: ConversationFilter,
  belongs: (conversation: Conversation) => boolean,
  fresh = false,
): ListState => {
  const queues = useQueues();
  const { data, error, refetch, fetchMore } = useQuery(conversationsQuery, {
    variables: { filter },
    fetchPolicy: fresh ? 'cache-and-network' : 'cache-first',
  });
  const connection = data?.conversations as
    | { edges: { node: Conversation }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
    | undefined;
  const rows = useMemo(
    () =>
      connection?.edges
        .map((edge) => edge.node)
        .filter(belongs)
        .sort(byNextToAnswer(queues)) ?? none,
    [connection, belongs, queues],
  );
  const { pageInfo } = connection ?? {};
  return {
    rows,
    loaded: connection !== undefined,
    failed: error !== undefined && connection === undefined,
    retry: () => void refetch().catch(() => undefined),
    more: pageInfo?.hasNextPage ? () => void fetchMore({ variables: { filter, after: pageInfo.endCursor } }).catch(() => undefined) : null,
  };
};

export const useMine = (): ListState => {
  const { viewer } = useSession();
  return useConversations(
    mineFilter,
    useMemo(() => (conversation: Conversation) => isMine(conversation, viewer.id), [viewer.id]),
  );
};

export const useWaiting = (): ListState => useConversations(waitingFilter, isWaiting);

export const unread = (conversation: Conversation): number => Math.max(0, conversation.inboundCount - conversation.readCount);

/** Numbers beside the tabs: ours where the list is loaded, the server's where it is not. */
export const useCounts = (): { mine: number | null; waiting: number | null; open: number | null } => {
  const { data } = useQuery(countsQuery);
  const mine = useMine();
  const waiting = useWaiting();
  return {
    mine: mine.loaded ? mine.rows.length : (data?.conversationCounts?.mine ?? null),
    waiting: waiting.loaded ? waiting.rows.length : (data?.conversationCounts?.waiting ?? null),
    open: data?.conversationCounts?.open ?? null,
  };
};
