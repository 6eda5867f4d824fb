import type { Acknowledged } from './judge';

/** What the ledger is told: acknowledgements, and where to look. */
export type ToLedger =
  | { type: 'acknowledged'; message: Acknowledged }
  | { type: 'visitor'; lane: number; tenant: string; token: string }
  | { type: 'conversation'; lane: number; tenantId: string; id: string }
  | { type: 'audit'; phase: number; withinMs: number }
  | { type: 'self-test' };

export interface Audit {
  /** Acknowledged messages of the phase. */
  messages: number;
  L: number;
  D: number;
  O: number;
  /** The first findings, in words. */
  notes: string[];
}

export type FromLedger = { type: 'audited'; audit: Audit } | { type: 'self-tested'; wrong: string[] };
