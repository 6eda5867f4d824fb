import type { Operator } from '../../drive/operator';
import type { Random } from '../../drive/random';
import type { Load } from '../load/load';
import type { House } from '../shapes/house';

/** What a fault is made with, beside the installation itself. */
export interface Tools {
  operator: Operator;
  load: Load;
  random: Random;
  isShort: boolean;
  /** Counts kills −9, for the summary. */
  killed: (count?: number) => void;
}

export type Scene<Home extends House = House> = Tools & Home;

export interface Outcome {
  cycles: number;
  /** The longest. */
  recoveryMs: number;
  /** What went otherwise than it must, apart from what the ledger finds. */
  problems: string[];
  /** What a reader of the run may want to know. */
  notes: string[];
}

export interface Fault<Home extends House = House> {
  /** Begins with its number in the list of faults. */
  name: string;
  run: (scene: Scene<Home>) => Promise<Outcome>;
}

/** Repeats one way to break things; a cycle gives its recovery in ms. */
export async function cycles(count: number, cycle: (outcome: Outcome) => Promise<number>): Promise<Outcome> {
  const outcome: Outcome = { cycles: 0, recoveryMs: 0, problems: [], notes: [] };
  for (; outcome.cycles < count; outcome.cycles++) outcome.recoveryMs = Math.max(outcome.recoveryMs, await cycle(outcome));
  return outcome;
}
