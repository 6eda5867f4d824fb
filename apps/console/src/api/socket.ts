import { type Client, createClient } from 'graphql-ws';
import { backOffMs } from '../shared/back-off';
import { createStore } from '../shared/store';

export type ConnectionState = { state: 'connecting' | 'connected' | 'reconnecting'; since: number };

/** What the rail tells about the live connection. */
export const connection = createStore<ConnectionState>({ state: 'connecting', since: Date.now() });

const pingEveryMs = 10_000;
const pongWithinMs = 8_000;

/**
 * The one live socket. It pings every 10 s and gives up on a silent peer after 8 s more, so that a half-open connection or a
 * laptop that slept is noticed well within 45 s; it comes back with full jitter, for ever.
 */
export const openSocket = (url: string): Client => {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const say = (state: ConnectionState['state']) => connection.set((now) => (now.state === state ? now : { state, since: Date.now() }));
  const socket = createClient({
    url,
    lazyCloseTimeout: 1000,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, backOffMs(retries, 500, 15_000))),
    on: {
      connected: () => say('connected'),
      closed: () => {
        clearTimeout(silence);
        say('reconnecting');
      },
      ping: (received) => {
        if (received) return;
        clearTimeout(silence);
        silence = setTimeout(() => socket.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(silence);
      },
    },
  });
  return socket;
};

/** ws://host/graphql of the page's own origin. */
export const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
