import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite } from './run-suite';
import { failedTests, totalsLine } from './summary';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'suite-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const report = {
  success: true,
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [{ name: 'a.spec.ts', status: 'passed', message: '', assertionResults: [] }],
};

/** Runs a suite whose runner writes this report (none when null) and ends with this code. */
async function runWith(written: object | null, code = 0) {
  const runner = join(root, 'runner.cjs');
  writeFileSync(
    runner,
    `const file = process.argv[process.argv.indexOf('--outputFile') + 1];
     const written = ${JSON.stringify(written)};
     if (written) require('node:fs').writeFileSync(file, JSON.stringify(written));
     console.error('last words');
     process.exit(${code});`,
  );
  return runSuite(root, 'unit', { runner, quiet: true });
}

describe('running a suite', () => {
  it('counts what the runner reports', async () => {
    expect(await runWith(report)).toMatchObject({ passed: 2, failed: 0, skipped: 0 });
  });

  it('fails when the runner dies without a report', async () => {
    const crashed = await runWith(null, 7);
    expect(crashed).toMatchObject({ passed: 0, failed: 1 });
    expect(crashed.failures[0]?.message).toContain('ended with code 7 and left no report.\nlast words');
  });

  it('never reads the report of an earlier run', async () => {
    await runWith(report);
    expect(await runWith(null)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('fails when every test passed and the runner still ended badly', async () => {
    expect(await runWith(report, 1)).toMatchObject({ passed: 2, failed: 1 });
  });

  it('counts a file that did not load as failed', async () => {
    const testResults = [{ name: join(root, 'b.spec.ts'), status: 'failed', message: 'Cannot find module', assertionResults: [] }];
    const broken = await runWith({ ...report, success: false, numRuntimeErrorTestSuites: 1, testResults }, 1);
    expect(broken).toMatchObject({ passed: 2, failed: 1 });
    expect(failedTests([broken]).join('\n')).toContain('✗ [unit] b.spec.ts\n      Cannot find module');
  });

  it('counts what was skipped or left to do', async () => {
    expect(await runWith({ ...report, numPendingTests: 1, numTodoTests: 1 })).toMatchObject({ skipped: 2 });
  });
});

describe('the last line', () => {
  it('is N passed, N failed', () => expect(totalsLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed'));
  it('names what was skipped', () => expect(totalsLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped'));
});
