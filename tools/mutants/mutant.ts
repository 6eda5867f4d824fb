import type { SuiteName } from '../test/run-suite';

/** A guard taken out of the code, and the test that must notice. */
export interface Mutant {
  /** As given on the command line: `npm run mutants -- key-lock`. */
  name: string;
  /** What is lost without the guard. */
  loses: string;
  file: string;
  /** Text of the file, exactly; it must stand there once. */
  search: string;
  replacement: string;
  test: NamedTest;
}

/** A test by suite, file and the end of its full name. */
export interface NamedTest {
  suite: SuiteName;
  file: string;
  name: string;
  /** It is skipped where there is no broker. */
  needsKafka?: true;
}

/**
 * What became of a mutant: *killed* when its test is green without it and fails with it. Anything else is a failure:
 * the test stayed green, was red or not there to begin with, the text was not found, or the code did not even load.
 */
export type Verdict = 'killed' | 'survived' | 'test not green before' | 'text not found once' | 'broke the file';

export interface Outcome {
  mutant: Mutant;
  verdict: Verdict;
  detail: string;
  durationMs: number;
}
