import type { PageContext } from './thread';

/** First frame of a connection. `token` is null for a newcomer; `lastN` null when nothing is kept of the thread. */
export interface HelloFrame {
  type: 'hello';
  v: number;
  tenant: string;
  token: string | null;
  lastN: number | null;
  /** Origin of the page that embeds the frame, as the handshake gave it. */
  origin: string;
  language: string | null;
}

/** A message. The same `clientMsgId` may be sent any number of times and counts once. */
export interface SendFrame {
  type: 'send';
  clientMsgId: string;
  text: string;
  page: PageContext | null;
  /** W3C trace context, one per message. */
  traceparent: string | null;
}

/** The visitor types, or has stopped; at most one in three seconds. */
export interface TypingFrame {
  type: 'typing';
  typing: boolean;
}

/** Agents' messages up to `upToN` have reached the browser, or have been seen on a visible panel. */
export interface MarkFrame {
  type: 'delivered' | 'read';
  upToN: number;
}

/** Asks for the page of older messages before `beforeN`; answered by `messages`. */
export interface HistoryFrame {
  type: 'history';
  beforeN: number;
}

/** Asks for what follows `afterN` (a number was skipped); answered by `messages`. */
export interface SyncFrame {
  type: 'sync';
  afterN: number;
}

export interface PingFrame {
  type: 'ping';
}

/** Everything a visitor's client may say. */
export type ClientFrame = HelloFrame | SendFrame | TypingFrame | MarkFrame | HistoryFrame | SyncFrame | PingFrame;
