import type { Database, Tx } from '@cordboard/persistence';
import { GroupStore } from '../group-store';
import type { LogEvent } from '../position';

/** A group's share in one partition; the position is the offset of the next record. */
export class PartitionStore extends GroupStore<number> {
  constructor(
    database: Database,
    group: string,
    private readonly cluster: string,
    partition: string,
  ) {
    super(database, group, partition);
  }

  /**
   * Takes the partition over: what an earlier owner has not committed by now never will be. A new group begins at `earliest`;
   * `beyond` are later offsets that a group which came from the log has handled there.
   */
  async open(earliest: number): Promise<{ version: number; position: number; beyond: ReadonlySet<number> }> {
    const row = await this.system((tx) =>
      tx.first<{ version: string; next_offset: string; beyond: string[] }>('select * from bus.open_partition($1, $2, $3, $4)', [
        this.group,
        this.cluster,
        this.origin,
        earliest,
      ]),
    );
    return { version: Number(row?.version), position: Number(row?.next_offset), beyond: new Set(row?.beyond.map(Number)) };
  }

  async advance(tx: Tx, version: number, offset: number): Promise<void> {
    await tx.execute({
      name: 'bus-advance-partition',
      text: 'select bus.advance_partition($1, $2, $3, $4, $5)',
      values: [this.group, this.cluster, this.origin, version, offset],
    });
  }

  isSame(one: number, other: number): boolean {
    return one === other;
  }

  async park(tx: Tx, events: readonly LogEvent[]): Promise<void> {
    await this.keep(tx, events);
  }

  async fail(tx: Tx, event: LogEvent, why: string, parks: boolean, waitMs: number): Promise<void> {
    for (const id of await this.keep(tx, [event])) await this.failParked(tx, id, why, parks, waitMs);
  }

  /** Resolves to the ids under which the events can be found again. */
  private async keep(tx: Tx, events: readonly LogEvent[]): Promise<number[]> {
    const rows = await tx.query<{ id: string }>('select bus.park_events($1, $2, $3, $4, $5, $6, $7) as id', [
      this.group,
      this.origin,
      events.map((event) => event.tenantId),
      events.map((event) => event.eventId),
      events.map((event) => event.key),
      events.map((event) => event.type),
      events.map((event) => event.body),
    ]);
    return rows.map(({ id }) => Number(id));
  }
}
