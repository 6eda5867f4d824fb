import { type Client, createClient, MessageType, stringifyMessage } from 'graphql-ws';
import { backOffMs } from '../shared/back-off';
import { createStore } from '../shared/store';

export type ConnectionState = { state: 'connecting' | 'connected' | 'reconnecting'; since: number };

/** What the rail tells about the live connection. */
export const connection = createStore<ConnectionState>({ state: 'connecting', since: Date.now() });

const pingEveryMs = 10_000;
const pongWithinMs = 8_000;
const inPlaceWithinMs = 3_000;

type InPlace = 'yes' | 'away' | 'late';

export interface LiveSocket extends Client {
  /** Whether it is connected and let in now, as far as is known: a dead line is noticed late, except where the browser says so. */
  isOpen(): boolean;
  /**
   * Resolves to `yes` when every subscription asked for so far stands at the server: what is committed from then on is pushed.
   * To `away` when the socket is not connected or closes meanwhile, and to `late` when the server has not answered in 3 s.
   */
  inPlace(): Promise<InPlace>;
}

/**
 * The one live socket. It pings every 10 s and gives up on a silent peer after 8 s more, so that a half-open connection or a
 * laptop that slept is noticed well within 45 s; it comes back with full jitter, for ever.
 */
export const openSocket = (url: string): LiveSocket => {
  let connected: WebSocket | null = null;
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
      connected: (opened) => {
        connected = opened as WebSocket;
        say('connected');
      },
      closed: () => {
        connected = null;
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
  const isOpen = () => connected?.readyState === WebSocket.OPEN && navigator.onLine;
  let asked = 0;
  const inPlace: LiveSocket['inPlace'] = async () => {
    // Subscriptions are sent in the microtasks after a connection is there, or after they are asked for.
    await new Promise((sent) => setTimeout(sent));
    if (connected?.readyState !== WebSocket.OPEN) return 'away';
    asked += 1;
    const question = asked;
    let stops: (() => void)[] = [];
    const answered = new Promise<InPlace>((answer) => {
      const timeout = setTimeout(() => answer('late'), inPlaceWithinMs);
      stops = [
        socket.on('pong', (received, payload) => received && payload?.question === question && answer('yes')),
        socket.on('closed', () => answer('away')),
        () => clearTimeout(timeout),
      ];
    });
    connected.send(stringifyMessage({ type: MessageType.Ping, payload: { question } }));
    return answered.finally(() => {
      for (const stop of stops) stop();
    });
  };
  return { ...socket, isOpen, inPlace };
};

/** ws://host/graphql of the page's own origin. */
export const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
