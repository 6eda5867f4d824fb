import type { GroupStats } from './options';

/** A row of `bus.health()`. */
export type HealthRow = Record<'lag' | 'dead' | 'retrying' | 'parked', string> & Record<'lag_ms' | 'horizon_ms', number> & { grp: string };

export const healthText = 'select * from bus.health()';

/** How the groups with a position in the log do, and the relays of Kafka among them. */
export function logGroups(rows: readonly HealthRow[]): Record<string, GroupStats> {
  return Object.fromEntries(
    rows.map((row): [string, GroupStats] => [
      row.grp,
      {
        lagEvents: Number(row.lag),
        lagMs: row.lag_ms,
        deadLetters: Number(row.dead),
        retrying: Number(row.retrying),
        parkedEvents: Number(row.parked),
      },
    ]),
  );
}
