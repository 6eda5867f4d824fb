import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sum } from '../test/jest-report';
import { totalsLine } from '../test/summary';
import { leftBehind } from './left-behind';
import { type Stage, stages } from './stages';
import { readStage } from './totals';

const marker = `CORDBOARD_CI_RUN=${randomUUID()}`;
// The kernel's clock of starts is a second coarse.
const started = Date.now() - 2_000;

/** Runs every stage, however those before it ended, then sums their reports and looks for processes left running. */
async function main(): Promise<void> {
  const root = process.cwd();
  rmSync('reports', { recursive: true, force: true });
  const results = [];
  for (const stage of stages.filter(({ script }) => existsSync(script))) {
    const code = await run(stage);
    results.push({ stage: stage.name, code, ...readStage(root, stage, code) });
  }
  const left = await nothingLeft(root);
  console.log('\n── totals ──');
  for (const result of results)
    console.log(`${result.stage.padEnd(18)} ${totalsLine(result)}${result.code === 0 ? '' : ` (ended with code ${result.code})`}`);
  console.log(
    `left               ${left.length === 0 ? 'no process left running' : `LEFT RUNNING:\n${left.map((each) => `  ${each}`).join('\n')}`}`,
  );
  console.log(`time               ${((Date.now() - started) / 60_000).toFixed(1)} min`);
  const totals = sum([...results, { passed: left.length === 0 ? 1 : 0, failed: left.length, skipped: 0 }]);
  console.log(`\n${totalsLine(totals)}`);
  process.exitCode = totals.failed > 0 || totals.skipped > 0 ? 1 : 0;
}

async function run({ name, script, args, environment }: Stage): Promise<number> {
  console.log(`\n══ ${name} ══`);
  const [key, value] = marker.split('=') as [string, string];
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...environment, [key]: value },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

/** What is still running after the ten seconds any part may take to end. */
async function nothingLeft(root: string): Promise<string[]> {
  for (let look = 0; look < 20 && leftBehind(root, marker, started).length > 0; look++) await sleep(500);
  return leftBehind(root, marker, started);
}

main().catch((error: unknown) => {
  console.error(error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
