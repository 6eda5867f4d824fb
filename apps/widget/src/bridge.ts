import type { PageContext } from '@cordboard/webchat-protocol';

/** The one window message there is: the loader hands the frame its end of a MessageChannel, addressed to the frame's exact origin. */
export interface ConnectMessage {
  cordboard: 'connect';
  v: 1;
  /** What the frame has put into the site's storage by `keep`; null where the site's storage is closed too. */
  kept: Record<string, string> | null;
}

/** What the loader tells the frame through the channel. */
export type ToFrame = { type: 'open' } | { type: 'close' } | { type: 'page'; page: PageContext };

/** What the frame tells the loader. */
export type ToLoader =
  | { type: 'ready'; colour: string; labels: { open: string; unread: string; title: string } }
  | { type: 'unread'; count: number }
  /** Put into the site's own storage (null: take out), where the browser gives the frame none. */
  | { type: 'keep'; name: string; value: string | null }
  | { type: 'close' };
