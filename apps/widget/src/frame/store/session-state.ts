import type { RefusalCode, ThreadMessage } from '@cordboard/webchat-protocol';
import type { Phase } from '../connection/connection';
import type { OutboxItem } from './outbox-item';

/** Everything the screen shows; a new object at each change. */
export interface SessionState {
  phase: Phase;
  /** Has been online before: a break is a loss, not a first try. */
  wasOnline: boolean;
  /** Set when the server will not have us; nothing can be sent then. */
  refused: RefusalCode | null;
  messages: readonly ThreadMessage[];
  outbox: readonly OutboxItem[];
  /** The server is too busy to take messages; they are kept and tried again. */
  busy: boolean;
  agentName: string | null;
  /** First name of the agent who types right now. */
  typing: string | null;
  readN: number;
  /** False where the browser stores nothing: what was said is gone with the page. */
  lasting: boolean;
  loadingEarlier: boolean;
}

export const initialState: SessionState = {
  phase: 'idle',
  wasOnline: false,
  refused: null,
  messages: [],
  outbox: [],
  busy: false,
  agentName: null,
  typing: null,
  readN: 0,
  lasting: true,
  loadingEarlier: false,
};
