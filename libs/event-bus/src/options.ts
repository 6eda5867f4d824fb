import type { BusLogger } from './logger';

/** Called after each transaction of a group. */
export interface BusMetrics {
  handled(group: string, events: number, ms: number): void;
}

export interface LogReaderOptions {
  /** Address of the database without user and password. */
  url: string;
  /** Password of the role `cordboard_bus`. */
  password: string;
  logger: BusLogger;
  /** How often the log is looked at when no wake-up comes; 50. */
  pollMs?: number;
  /** The same in the seconds after an event, for a reader whose publishers are other processes and wake nobody; as `pollMs`. */
  busyPollMs?: number;
  /** Shown in pg_stat_activity; `bus`. */
  name?: string;
}

/** What /metrics shows of the bus; sampled every few seconds from the database, which counts every process's groups. */
export interface BusStats {
  connected: boolean;
  /** Age of the oldest open transaction that has written something, in the whole cluster. */
  horizonAgeMs: number;
  /** Events delivered to this process since it started. */
  eventsRead: number;
  groups: Record<string, GroupStats>;
}

export interface GroupStats {
  /** Events behind the group's position, of all types; counted up to 10,000. */
  lagEvents: number;
  lagMs: number;
  deadLetters: number;
  retrying: number;
  parkedEvents: number;
}
