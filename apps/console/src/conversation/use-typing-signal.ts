import { useEffect, useMemo } from 'react';
import type { Conversation } from '../api/types';
import { useSession } from '../shared/session';
import { setTyping } from './conversation.graphql';

const repeatAfterMs = 3_000;

/** Tells the customer that somebody writes: at once, again every 3 s while it goes on, and when it stops. */
export const useTypingSignal = ({ tenantId, id: conversationId }: Conversation) => {
  const { client } = useSession();
  const signal = useMemo(() => {
    let toldAt = 0;
    const tell = (typing: boolean) => {
      const variables = { input: { tenantId, conversationId, typing } };
      client.mutate({ mutation: setTyping, variables }).catch(() => undefined);
    };
    return {
      typed(something: boolean) {
        if (!something) return signal.stop();
        if (Date.now() - toldAt < repeatAfterMs) return;
        toldAt = Date.now();
        tell(true);
      },
      stop() {
        if (toldAt === 0) return;
        toldAt = 0;
        tell(false);
      },
    };
  }, [client, tenantId, conversationId]);
  useEffect(() => signal.stop, [signal]);
  return signal;
};
