import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { runSteps } from './run-steps';
import { steps } from './steps';

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`There is no check called ${unknown.join(', ')}. Checks: ${steps.map((step) => step.name).join(', ')}.`);
    process.exit(2);
  }
  const chosen = named.length > 0 ? steps.filter((step) => named.includes(step.name)) : steps;
  const failed = await runSteps(chosen, process.cwd(), Math.min(2, availableParallelism()));
  mkdirSync('reports', { recursive: true });
  const report = { passed: chosen.length - failed.length, failed: failed.length, skipped: 0, failures: failed };
  writeFileSync('reports/check.json', `${JSON.stringify(report, null, 2)}\n`);
  process.exit(failed.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
