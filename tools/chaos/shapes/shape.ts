import type { Fault } from '../faults/fault';
import type { House } from './house';

export interface People {
  lanes: number;
  agents: number;
  /** Messages a second, about. */
  perSecond: number;
}

/** One way to run Cordboard, and what it has to survive. */
export interface Shape<Home extends House> {
  name: 'standalone' | 'distributed';
  faults: Record<'short' | 'full', readonly Fault<Home>[]>;
  people: { short: People; full: People };
  /** Builds and starts an installation. */
  open: (isShort: boolean) => Promise<{
    house: Home /** Port of the line over which the last agent works. */;
    lastAgentsPort?: number;
    close: () => Promise<void>;
  }>;
}

/** Times are shortened where waiting them out would test nothing more; everything else is as it is delivered. */
export const environment = {
  CORDBOARD_DEMO: 'true',
  CORDBOARD_DEMO_AGENTS: '20',
  CORDBOARD_DEMO_CAPACITY: '20',
  OFFER_TIMEOUT_MS: '4000',
  // A window lost together with its server is noticed when its lease runs out; renewed every 15 s.
  LEASE_MS: '20000',
  GONE_GRACE_MS: '2000',
  AGENT_GRACE_MS: '4000',
  REFUSAL_PAUSE_MS: '1000',
  TRUSTED_PROXIES: '1',
  WEBCHAT_VISITOR_MESSAGES_PER_S: '1000',
  WEBCHAT_VISITOR_BURST: '10000',
  WEBCHAT_NEW_VISITORS_PER_MIN: '1000000',
  WEBCHAT_NEW_VISITORS_BURST: '1000000',
};
