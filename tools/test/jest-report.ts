import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { filesUnder } from '../lib/files';

/** What we read of `jest --json` (https://jestjs.io/docs/cli#--json); other fields are Jest's own business. */
const jestReportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}
export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly Totals[]): Totals {
  return all.reduce(
    (total, each) => ({ passed: total.passed + each.passed, failed: total.failed + each.failed, skipped: total.skipped + each.skipped }),
    noTotals,
  );
}

/** A test that failed, or a file that did not even load (its test is then ''). */
export interface FailedTest {
  file: string;
  test: string;
  message: string;
}

/** One suite's outcome. */
export interface SuiteReport extends Totals {
  suite: string;
  failures: FailedTest[];
}

/** Reads the report of a run. A file that did not load counts as one failed test. Throws when the report is missing or not Jest's. */
export function readJestReport(suite: string, path: string, root: string): SuiteReport {
  const report = jestReportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }): FailedTest[] => {
    const file = relative(root, name);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [{ file, test: '', message }];
    return failed.map((result) => ({ file, test: result.fullName, message: result.failureMessages?.join('\n') ?? '' }));
  });
  return {
    suite,
    passed: report.numPassedTests,
    failed: Math.max(failures.length, report.numFailedTests + report.numRuntimeErrorTestSuites, report.success ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/** A run without a report: it counts as one failure, whatever it did before. */
export function crashedSuite(suite: string, reason: string): SuiteReport {
  return { suite, passed: 0, failed: 1, skipped: 0, failures: [{ file: suite, test: '', message: reason }] };
}

/** Stories that could not be told here: each of their files counts as skipped. */
export function skippedSuite(suite: string, root: string): SuiteReport {
  return { suite, passed: 0, failed: 0, skipped: Math.max(1, filesUnder(root, ['apps/e2e'], /-spec\.ts$/).length), failures: [] };
}
