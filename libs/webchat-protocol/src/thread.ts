/** One message of a visitor's thread as both sides of the socket know it. */
export interface ThreadMessage {
  /** UUIDv7, made by webchat (visitor's messages) or by the inbox (agent's: the timeline entry). */
  id: string;
  /** Dense number within the thread, from 1: what resume counts by. */
  n: number;
  from: 'visitor' | 'agent';
  text: string;
  /** The sending client's own id; null for what agents write. */
  clientMsgId: string | null;
  /** First name of the agent; null for visitors and for automatic messages. */
  authorName: string | null;
  /** RFC 3339, by the server's clock. */
  at: string;
}

/** What the frame needs to know of a tenant to look like it; also printed into the frame's document. */
export interface SiteFace {
  slug: string;
  name: string;
  /** A name of the tenant palette: `teal`. */
  colour: string;
  /** BCP 47, the first is the default. */
  languages: string[];
  greeting: Record<string, string>;
  hoursLine: Record<string, string>;
  /** Origins that may embed the widget. */
  sites: string[];
}

/** The host page a visitor is on; the query string is left out. */
export interface PageContext {
  url: string;
  title: string;
}
