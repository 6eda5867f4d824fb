import type { ThreadMessage } from '@cordboard/webchat-protocol';

/** What tabs of one visitor tell each other. */
export type TabNews =
  | { type: 'message'; message: ThreadMessage }
  | { type: 'read'; readN: number }
  /** A tab goes; whatever it had not sent is in the outbox for others to send. */
  | { type: 'leaving' };

/** The line between the visitor's tabs; silent where the browser has none. */
export class Tabs {
  private readonly channel: BroadcastChannel | null;

  constructor(tenant: string, onNews: (news: TabNews) => void) {
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`cordboard:${tenant}`);
    if (this.channel) this.channel.onmessage = (event: MessageEvent<TabNews>) => onNews(event.data);
  }

  tell(news: TabNews): void {
    this.channel?.postMessage(news);
  }
}
