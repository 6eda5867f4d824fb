import type { Site } from '../site/site.store';

/** A visitor at the other end of a connection, after hello. */
export interface Peer {
  tenantId: string;
  visitorId: string;
  site: Site;
  language: string | null;
}

/** One key for a visitor in maps of this process. */
export const peerKey = (peer: { tenantId: string; visitorId: string }) => `${peer.tenantId}:${peer.visitorId}`;
