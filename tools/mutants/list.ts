import type { Mutant } from './mutant';

/** One for each guard the message path stands on. */
export const mutants: readonly Mutant[] = [];
