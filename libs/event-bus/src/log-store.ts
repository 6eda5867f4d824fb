import type { Database, Tx } from '@cordboard/persistence';
import { GroupStore } from './group-store';
import { type LogEvent, type Position, samePosition } from './position';

/** A group on the PostgreSQL log: its events are found again by their id there. */
export class LogStore extends GroupStore<Position> {
  constructor(database: Database, group: string) {
    super(database, group, '');
  }

  async advance(tx: Tx, version: number, { epoch, done, target, lastId }: Position): Promise<void> {
    await tx.execute({
      name: 'bus-advance',
      text: 'select bus.advance($1, $2, $3, $4, $5, $6)',
      values: [this.group, version, epoch, done, target, lastId],
    });
  }

  isSame(one: Position, other: Position): boolean {
    return samePosition(one, other);
  }

  async park(tx: Tx, events: readonly LogEvent[]): Promise<void> {
    await tx.execute('select bus.park($1, $2)', [this.group, events.map(({ id }) => id)]);
  }

  fail(tx: Tx, { id }: LogEvent, why: string, parks: boolean, waitMs: number): Promise<void> {
    return this.failParked(tx, id, why, parks, waitMs);
  }
}
