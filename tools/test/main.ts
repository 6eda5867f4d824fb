import { mkdirSync, writeFileSync } from 'node:fs';
import { buildWhenNeeded } from '../lib/up-to-date.mjs';
import { chooseSuites } from './choose-suites';
import { findBrowser, howToGetABrowser } from './find-browser';
import { type SuiteReport, skippedSuite, sum } from './jest-report';
import { runSuite, type SuiteName } from './run-suite';
import { failedTests, totalsLine } from './summary';
import { withKafka } from './with-kafka';

/**
 * Ends with `N passed, N failed` (and `, N skipped` when something was) alone on the last line. Fails on a failed test,
 * on a runner that crashed, and, with CORDBOARD_FORBID_SKIPS=1, on anything skipped.
 */
async function main(): Promise<void> {
  const chosen = chooseSuites(process.argv.slice(2));
  if (typeof chosen === 'string') {
    console.error(chosen);
    process.exit(2);
  }
  if (chosen.some((name) => name !== 'unit' && name !== 'ui')) await buildWhenNeeded(process.cwd());
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
  if (name === 'int') return withKafka(process.cwd(), (environment) => suite(name, environment));
  return name === 'unit' || name === 'ui' ? suite(name) : endToEnd(name);
}

async function suite(name: SuiteName, environment: Record<string, string> = {}): Promise<SuiteReport> {
  console.log(`\n── ${name} ──`);
  return runSuite(process.cwd(), name, { environment });
}

async function endToEnd(name: SuiteName): Promise<SuiteReport> {
  const browser = findBrowser(process.env);
  if (!browser) {
    const line = '!'.repeat(78);
    console.log(`\n${line}\n!  The ${name} stories were SKIPPED: there is no Chromium on this machine.\n!  ${howToGetABrowser}\n${line}`);
    return skippedSuite(name, process.cwd());
  }
  if (name === 'e2e') return suite(name, { CHROMIUM: browser });
  return withKafka(process.cwd(), async (environment) => {
    const hasBrokers = environment.KAFKA_BROKERS ?? process.env.KAFKA_BROKERS;
    return hasBrokers ? suite(name, { ...environment, CHROMIUM: browser }) : skippedSuite(name, process.cwd());
  });
}

main().catch((error: unknown) => {
  console.error(error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
