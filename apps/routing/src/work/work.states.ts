import type { DataOf, WorkState, workChanged } from '@cordboard/events';

/** Why a work item moves. */
export type WorkCause = DataOf<typeof workChanged>['cause'];

/** Where a work item stands; `none` is before it exists. */
export type FromState = WorkState | 'none';

/** Every allowed move: from, cause, where it may lead. A move that is not here throws. */
export const workMoves: Record<FromState, Partial<Record<WorkCause, readonly WorkState[]>>> = {
  none: { queued: ['queued'] },
  queued: { offered: ['offered'], taken: ['active'], transferred: ['active'], closed: ['done'] },
  offered: {
    accepted: ['active'],
    taken: ['active'],
    transferred: ['active', 'queued'],
    declined: ['queued'],
    expired: ['queued'],
    withdrawn: ['queued'],
    closed: ['done'],
  },
  active: { taken: ['active'], transferred: ['active', 'queued'], released: ['queued'], closed: ['done'] },
  done: { reopened: ['active', 'queued'] },
};

/** Throws when the table does not have the move: a defect in the caller, never the person's fault. */
export function assertMove(from: FromState, cause: WorkCause, to: WorkState): void {
  if (!workMoves[from][cause]?.includes(to)) throw new Error(`Work cannot move from ${from} to ${to} because it was ${cause}.`);
}
