import type { Database, Tx } from '@cordboard/persistence';
import type { LogEvent } from './position';

/** A failed event, or the next of those that waited for one. */
export interface Retry {
  /** Missing for an event that waited. */
  letter: string | undefined;
  logId: number;
  key: string;
  tenantId: string;
  eventId: string;
  type: string;
  body: string;
  tries: number;
}

interface RetryRow {
  letter: string | null;
  log_id: string;
  key: string;
  tenant_id: string;
  event_id: string;
  type: string;
  body: string;
  tries: number;
}

/** What can be told of an event to recognise it again. */
export interface EventIdentity {
  tenantId: string;
  eventId: string;
}

const dedupeText = `insert into processed (tenant_id, grp, event_id)
  select e.tenant_id, $3, e.event_id from unnest($1::uuid[], $2::uuid[]) as e(tenant_id, event_id)
  on conflict do nothing returning tenant_id, event_id`;
const claimAllText = `with claimed as (${dedupeText}) select app.must_be(count(*), $4) from claimed`;

/**
 * The statements of one consumer group; those that take a `tx` stand in the transaction of the effect. A transport says
 * what a position is and how an event of its own is found again.
 */
export abstract class GroupStore<Place> {
  constructor(
    private readonly database: Database,
    readonly group: string,
    /** The share of the group's failed and waiting events that is tried again here. */
    protected readonly origin: string,
  ) {}

  /** Fails with CB001 when the position is no longer at `version`. */
  abstract advance(tx: Tx, version: number, place: Place): Promise<void>;

  abstract isSame(one: Place, other: Place): boolean;

  /** Keeps events that came for a parked key. */
  abstract park(tx: Tx, events: readonly LogEvent[]): Promise<void>;

  /** First failure: the event becomes a letter that is tried again after `waitMs`. */
  abstract fail(tx: Tx, event: LogEvent, why: string, parks: boolean, waitMs: number): Promise<void>;

  /** Marks events as handled, without waiting; the transaction fails with an unexpected count when one was handled before. */
  claimAll(tx: Tx, events: readonly EventIdentity[]): Promise<unknown> {
    return tx.send({
      name: 'bus-claim-all',
      text: claimAllText,
      values: [events.map((event) => event.tenantId), events.map((event) => event.eventId), this.group, events.length],
    });
  }

  /** Marks events as handled; resolves to `tenant:event` of those that were not yet. */
  async claim(tx: Tx, events: readonly EventIdentity[]): Promise<Set<string>> {
    const rows = await tx.query<{ tenant_id: string; event_id: string }>({
      name: 'bus-dedupe',
      text: dedupeText,
      values: [events.map((event) => event.tenantId), events.map((event) => event.eventId), this.group],
    });
    return new Set(rows.map((row) => `${row.tenant_id}:${row.event_id}`));
  }

  /** First failure of an event that stands in the log or is parked. */
  async failParked(tx: Tx, logId: number, why: string, parks: boolean, waitMs: number): Promise<void> {
    await tx.execute('select bus.fail($1, $2, $3, $4, $5)', [this.group, logId, why, parks, waitMs]);
  }

  /** Resolves to whether that was the last try. */
  async failAgain(letter: string, why: string, waitMs: number, maxTries: number): Promise<boolean> {
    const row = await this.database.system((tx) =>
      tx.first<{ dead: boolean }>('select bus.fail_again($1, $2, $3, $4) as dead', [letter, why, waitMs, maxTries]),
    );
    return row?.dead ?? false;
  }

  async settle(tx: Tx, retry: Retry): Promise<void> {
    await tx.execute('select bus.settle($1, $2, $3)', [this.group, retry.letter ?? null, retry.logId]);
  }

  async nextRetry(): Promise<Retry | undefined> {
    const row = await this.database.system((tx) => tx.first<RetryRow>('select * from bus.next_retry($1, $2)', [this.group, this.origin]));
    if (!row) return undefined;
    const { key, type, body, tries } = row;
    const letter = row.letter ?? undefined;
    return { letter, logId: Number(row.log_id), key, tenantId: row.tenant_id, eventId: row.event_id, type, body, tries };
  }

  /** Keys with failed or waiting events; true where later events have to wait. */
  async waitingKeys(): Promise<Map<string, boolean>> {
    const rows = await this.database.system((tx) =>
      tx.query<{ key: string; parked: boolean }>('select key, parked from bus.parked_keys($1, $2)', [this.group, this.origin]),
    );
    return new Map(rows.map((row) => [row.key, row.parked]));
  }

  /** Stores a position in a transaction of its own. */
  savePosition(version: number, place: Place): Promise<void> {
    return this.database.system((tx) => this.advance(tx, version, place));
  }

  protected system<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.database.system(work);
  }
}
