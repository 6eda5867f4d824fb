import { mkdirSync, writeFileSync } from 'node:fs';
import { buildWhenNeeded } from '../lib/up-to-date.mjs';
import { findBrowser, howToGetABrowser } from './find-browser';
import { type SuiteReport, skippedSuite, sum } from './jest-report';
import { runSuite, type SuiteName, suiteNames } from './run-suite';
import { failedTests, totalsLine } from './summary';
import { withKafka } from './with-kafka';

/**
 * Ends with `N passed, N failed` (and `, N skipped` when something was) alone on the last line. Fails on a failed test,
 * on a runner that crashed, and, with CORDBOARD_FORBID_SKIPS=1, on anything skipped.
 */
async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !suiteNames.some((suite) => suite === name));
  if (unknown.length > 0) {
    console.error(`There is no suite called ${unknown.join(', ')}. Suites: ${suiteNames.join(', ')}.`);
    process.exit(2);
  }
  const chosen = suiteNames.filter((name) => named.length === 0 || named.includes(name));
  if (chosen.includes('int') || chosen.includes('e2e')) await buildWhenNeeded(process.cwd());
  mkdirSync('reports', { recursive: true });
  const reports: SuiteReport[] = [];
  for (const name of chosen) reports.push(await run(name));
  const totals = sum(reports);
  writeFileSync('reports/test.json', `${JSON.stringify({ ...totals, suites: reports }, null, 2)}\n`);
  for (const line of failedTests(reports)) console.log(line);
  const forbidden = process.env.CORDBOARD_FORBID_SKIPS === '1' && totals.skipped > 0;
  if (forbidden) console.log(`\n${totals.skipped} skipped, and CORDBOARD_FORBID_SKIPS=1 allows none.`);
  console.log(`\n${totalsLine(totals)}`);
  process.exitCode = totals.failed > 0 || forbidden ? 1 : 0;
}

function run(name: SuiteName): Promise<SuiteReport> {
  if (name === 'e2e') return endToEnd();
  return name === 'int' ? withKafka(process.cwd(), (environment) => suite(name, environment)) : suite(name);
}

async function suite(name: SuiteName, environment: Record<string, string> = {}): Promise<SuiteReport> {
  console.log(`\n── ${name} ──`);
  return runSuite(process.cwd(), name, { environment });
}

async function endToEnd(): Promise<SuiteReport> {
  const browser = findBrowser(process.env);
  if (browser) return suite('e2e', { CHROMIUM: browser });
  console.log(
    `\n${'!'.repeat(78)}\n!  The end-to-end stories were SKIPPED: there is no Chromium on this machine.\n!  ${howToGetABrowser}\n${'!'.repeat(78)}`,
  );
  return skippedSuite('e2e', process.cwd());
}

main().catch((error: unknown) => {
  console.error(error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
