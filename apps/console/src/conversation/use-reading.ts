import type { ApolloClient } from '@apollo/client';
import { useEffect, useRef, useState } from 'react';
import { conversationFields } from '../api/fragments.graphql';
import { mayRepeat } from '../api/perform';
import type { Conversation } from '../api/types';
import type { Thread } from '../live/thread';
import { backOffMs } from '../shared/back-off';
import { useSession } from '../shared/session';
import { markRead } from './conversation.graphql';
import { firstUnread } from './timeline-items';

/** Where the unread line stands: fixed when the conversation is opened, so that it does not run away while one reads. */
export const useUnreadLine = (conversation: Conversation, thread: Thread | null): string | null => {
  const mark = useRef<string | null | undefined>(undefined);
  if (mark.current === undefined && thread) {
    mark.current = firstUnread(thread.entries, conversation.inboundCount - conversation.readCount);
  }
  return mark.current ?? null;
};

/** Repeats until somebody hears it; a later mark of the same conversation makes an earlier one harmless. */
const tellRead = async (client: ApolloClient, input: { tenantId: string; conversationId: string; inboundCount: number }): Promise<void> => {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const error = await client.mutate({ mutation: markRead, variables: { input } }).then(
      () => null,
      (failure: unknown) => failure,
    );
    if (error === null || !mayRepeat(error)) return;
    await new Promise((resolve) => setTimeout(resolve, 500 + backOffMs(attempt, 1000, 20_000)));
  }
};

/** True while the window is in front of somebody. */
const useAttention = (): boolean => {
  const [there, setThere] = useState(() => document.visibilityState === 'visible' && document.hasFocus());
  useEffect(() => {
    const look = () => setThere(document.visibilityState === 'visible' && document.hasFocus());
    for (const type of ['focus', 'blur'] as const) window.addEventListener(type, look);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const type of ['focus', 'blur'] as const) window.removeEventListener(type, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return there;
};

/** Tells the server, and shows at once, that the messages are read: when the newest is in sight of somebody. */
export const useMarkRead = (conversation: Conversation, inSight: boolean): void => {
  const { client } = useSession();
  const attention = useAttention();
  const { tenantId, id: conversationId, inboundCount, readCount } = conversation;
  const wanted = inSight && attention && readCount < inboundCount;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => {
      client.cache.updateFragment<Conversation>(
        { id: `Conversation:${conversationId}`, fragment: conversationFields, fragmentName: 'ConversationFields' },
        (known) => (known ? { ...known, readCount: Math.max(known.readCount, inboundCount) } : known),
      );
      void tellRead(client, { tenantId, conversationId, inboundCount });
    }, 250);
    return () => clearTimeout(timer);
  }, [wanted, client, tenantId, conversationId, inboundCount]);
};
