/**
 * How far a reader of the log has come: everything visible in the snapshot `done` of its epoch, and, when `target` is
 * set, of what is visible in `target` but not in `done` the rows up to `lastId`.
 */
export interface Position {
  epoch: number;
  done: string;
  target: string | null;
  lastId: number | null;
}

/** The snapshot that shows nothing: xids begin at 3. */
export const beginning = '1:1:';
/** The snapshot that shows everything: the target in an epoch nobody writes any more. */
export const everything = '9000000000000000000:9000000000000000000:';

/** One event as it stands in a log; its envelope is parsed once, for the first who asks. */
export class LogEvent {
  private parsed: unknown;

  constructor(
    readonly id: number,
    readonly tenantId: string,
    readonly eventId: string,
    readonly key: string,
    readonly type: string,
    readonly body: string,
  ) {}

  get envelope(): unknown {
    this.parsed ??= JSON.parse(this.body);
    return this.parsed;
  }
}

/** Rows visible in `to` and not in `from`, in order of id; not `complete` when a limit cut them off after `scannedTo`. */
export interface Slice {
  epoch: number;
  from: string;
  to: string;
  events: readonly LogEvent[];
  scannedTo: number | null;
  complete: boolean;
}

/** Where a reader stands that has seen the whole slice. */
export function endOf(slice: Slice): Position {
  return slice.complete
    ? { epoch: slice.epoch, done: slice.to, target: null, lastId: null }
    : { epoch: slice.epoch, done: slice.from, target: slice.to, lastId: slice.scannedTo };
}

export function samePosition(one: Position, other: Position): boolean {
  return one.epoch === other.epoch && one.done === other.done && one.target === other.target && one.lastId === other.lastId;
}
