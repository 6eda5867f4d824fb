import { stripVTControlCharacters } from 'node:util';
import type { SuiteReport, Totals } from './jest-report';

/** `N passed, N failed`, and what was skipped when something was. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Every failed test by suite and file, with the beginning of its message. */
export function failedTests(reports: readonly SuiteReport[]): string[] {
  const failures = reports.flatMap((report) => report.failures.map((failure) => ({ suite: report.suite, ...failure })));
  if (failures.length === 0) return [];
  return [
    '',
    'Failed:',
    ...failures.flatMap(({ suite, file, test, message }) => [`  ✗ [${suite}] ${file}${test ? ` › ${test}` : ''}`, ...beginning(message)]),
  ];
}

function beginning(message: string): string[] {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() && !/^\s+at .*node_modules/.test(line));
  return lines.slice(0, 12).map((line) => `      ${line}`);
}
