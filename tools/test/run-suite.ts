import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crashedSuite, readJestReport, type SuiteReport } from './jest-report';

/** The suites in the order they run: the quick ones first. Each is a project of jest.config.cjs. */
export const suiteNames = ['unit', 'ui', 'int', 'e2e', 'e2e-distributed'] as const;
export type SuiteName = (typeof suiteNames)[number];

const limitMs = 15 * 60_000;

export interface RunOptions {
  environment?: Record<string, string>;
  /** Further arguments for Jest: files, `-t`. */
  args?: readonly string[];
  /** Keeps Jest's own output to itself; it is then part of a crash's reason only. */
  quiet?: boolean;
  /** Test files at a time, end-to-end stories aside: two. */
  workers?: number;
  /** The program to run, for our own spec; Jest otherwise. */
  runner?: string;
}

/**
 * Runs one suite and reads the runner's own report. A runner that ends badly without a failed test (a crash, a broken
 * tear-down, no tests at all), or leaves no report, has failed.
 */
export async function runSuite(root: string, suite: SuiteName, options: RunOptions = {}): Promise<SuiteReport> {
  const reportFile = join(root, 'reports/test', `${suite}.json`);
  mkdirSync(dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const runner = options.runner ?? 'node_modules/jest/bin/jest.js';
  const width = suite.startsWith('e2e') ? ['--runInBand'] : [`--maxWorkers=${options.workers ?? 2}`];
  const args = [
    '-c',
    'jest.config.cjs',
    '--selectProjects',
    suite,
    '--ci',
    ...width,
    '--json',
    '--outputFile',
    reportFile,
    ...(options.args ?? []),
  ];
  const { ended, output } = await run(root, [runner, ...args], options);
  if (!existsSync(reportFile)) return crashedSuite(suite, `The runner ${ended} and left no report.\n${output}`);
  const report = readJestReport(suite, reportFile, root);
  if (ended === 'ended with code 0' || report.failed > 0) return report;
  return { ...report, failed: 1, failures: [{ file: suite, test: '', message: `Every test passed, but the runner ${ended}.\n${output}` }] };
}

async function run(root: string, args: string[], options: RunOptions): Promise<{ ended: string; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...options.environment },
    // The report is in a file: what Jest repeats on its standard output is dropped.
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: limitMs,
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk).slice(-20_000);
    if (!options.quiet) process.stderr.write(chunk);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { ended: signal ? `was ended by ${signal}` : `ended with code ${code}`, output: options.quiet ? output : '' };
}
