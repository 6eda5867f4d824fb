import type { SiteFace, ThreadMessage } from './thread';

/** Answer to `hello`. `missed` follows `lastN` without a gap; when `reset` is set it is the newest page and the client drops what it had. */
export interface WelcomeFrame {
  type: 'welcome';
  /** The thread's last number. */
  n: number;
  missed: ThreadMessage[];
  reset: boolean;
  /** Present once, when the visitor is new: to be kept in the frame's storage. */
  token: string | null;
  visitorId: string;
  deliveredN: number;
  readN: number;
  /** First name of who answered last. */
  agentName: string | null;
  site: SiteFace;
  /** Which of several processes answers, where there are several. */
  instance?: string;
}

/** The message is committed. */
export interface AckFrame {
  type: 'ack';
  clientMsgId: string;
  id: string;
  n: number;
  at: string;
}

/** A new message of the thread: from an agent, or from another tab of the visitor. */
export interface MessageFrame {
  type: 'message';
  message: ThreadMessage;
}

/** Answer to `history` and `sync`; `n` is the thread's last number. */
export interface MessagesFrame {
  type: 'messages';
  n: number;
  messages: ThreadMessage[];
}

/** An agent types, or has stopped. */
export interface AgentTypingFrame {
  type: 'typing';
  typing: boolean;
  name: string;
}

/** Marks set in another tab. */
export interface MarksFrame {
  type: 'marks';
  deliveredN: number;
  readN: number;
}

/** Not taken, for there is too much to do: keep the message and send it again after `retryAfterMs`. Without `clientMsgId` the whole connection is meant. */
export interface BusyFrame {
  type: 'busy';
  clientMsgId: string | null;
  retryAfterMs: number;
}

/** Why the server will not do what was asked; repeating it will not help, `token` aside. */
export type RefusalCode = 'frame' | 'version' | 'tenant' | 'site' | 'token' | 'text';

/** A refusal; with `clientMsgId` it is about that message alone, else the connection closes. */
export interface RefusedFrame {
  type: 'refused';
  code: RefusalCode;
  clientMsgId: string | null;
  message: string;
}

/** The server stops, or this socket read too slowly: come back after `retryAfterMs` with the last `n` you have. */
export interface ByeFrame {
  type: 'bye';
  reason: 'stopping' | 'resync';
  retryAfterMs: number;
}

export interface PongFrame {
  type: 'pong';
}

/** Everything the server may say. */
export type ServerFrame =
  | WelcomeFrame
  | AckFrame
  | MessageFrame
  | MessagesFrame
  | AgentTypingFrame
  | MarksFrame
  | BusyFrame
  | RefusedFrame
  | ByeFrame
  | PongFrame;
