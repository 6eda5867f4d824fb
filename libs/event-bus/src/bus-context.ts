import type { Tx } from '@cordboard/persistence';

/** Given to a group's handler beside its events. */
export class BusContext {
  constructor(
    /** The transaction that also records the events as handled: what is done through it happens once. */
    readonly tx: Tx,
    readonly group: string,
    /** 1 at first, counting up while a failing event is tried again. */
    readonly attempt: number,
    /** The same was tried a moment ago in the hope that all of it is new, and some is not. */
    readonly isCareful: boolean,
  ) {}
}
