import { mkdirSync, writeFileSync } from 'node:fs';
import { runSuite } from '../test/run-suite';
import { withKafka } from '../test/with-kafka';
import { copyTree } from './copy-tree';
import { mutants } from './list';
import type { NamedTest, Outcome } from './mutant';
import { tryMutants } from './try-mutants';

async function main(): Promise<void> {
  const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = named.filter((name) => !mutants.some((mutant) => mutant.name === name));
  if (unknown.length > 0) {
    console.error(`There is no mutant called ${unknown.join(', ')}. Mutants: ${mutants.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  const chosen = mutants.filter(({ name }) => named.length === 0 || named.includes(name));
  const { copy, remove } = copyTree(process.cwd());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      remove();
      process.exit(1);
    });
  }
  console.log(`Taking away one guard at a time, ${chosen.length} in all; each must turn its test red.\n`);
  try {
    const run = (environment: Record<string, string>) =>
      tryMutants(copy, chosen, runNamedTest(environment), (outcome) => console.log(line(outcome)));
    report(await (chosen.some(({ test }) => test.needsKafka) ? withKafka(process.cwd(), run) : run({})));
  } finally {
    remove();
  }
}

const runNamedTest =
  (environment: Record<string, string>) =>
  (root: string, { suite, file, name }: NamedTest) => {
    const pattern = `${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
    return runSuite(root, suite, { args: ['--runTestsByPath', file, '-t', pattern], quiet: true, environment });
  };

function line({ mutant, verdict, detail, durationMs }: Outcome): string {
  const killed = verdict === 'killed';
  const rows = [
    `${killed ? '✓' : '✗'} ${mutant.name.padEnd(16)} ${verdict.padEnd(22)} ${(durationMs / 1000).toFixed(1).padStart(6)} s  ${mutant.file}`,
    `    by "${mutant.test.name}" in ${mutant.test.file}`,
  ];
  if (killed) rows.push(`    red: ${detail.trim().slice(0, 160)}`);
  else rows.push(`    it loses: ${mutant.loses}`, ...(detail ? [detail.slice(0, 1500).replace(/^/gm, '    ')] : []));
  return rows.join('\n');
}

function report(outcomes: readonly Outcome[]): void {
  const alive = outcomes.filter(({ verdict }) => verdict !== 'killed');
  mkdirSync('reports', { recursive: true });
  const rows = outcomes.map(({ mutant, verdict, durationMs }) => ({
    name: mutant.name,
    verdict,
    test: mutant.test,
    duration_ms: Math.round(durationMs),
  }));
  writeFileSync('reports/mutants.json', `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`\n${outcomes.length - alive.length} killed, ${alive.length} not`);
  process.exitCode = alive.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
