import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteReport } from '../test/jest-report';
import type { Mutant, NamedTest, Outcome, Verdict } from './mutant';

/** Runs one named test in a tree. */
export type RunTest = (root: string, test: NamedTest) => Promise<SuiteReport>;

/**
 * Tries each mutant in `copy`, a copy of the tree that nobody works in: first its test without it, which must be green,
 * then the mutant, then the file as it was. A test that several mutants share is proven green once.
 */
export async function tryMutants(
  copy: string,
  mutants: readonly Mutant[],
  run: RunTest,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const green = new Map<string, SuiteReport>();
  const outcomes: Outcome[] = [];
  for (const mutant of mutants) {
    const started = performance.now();
    const key = JSON.stringify(mutant.test);
    const before = green.get(key) ?? (await run(copy, mutant.test));
    green.set(key, before);
    const { verdict, detail } = isGreen(before)
      ? await tryMutant(copy, mutant, run)
      : { verdict: 'test not green before' as const, detail: before.failures[0]?.message ?? `no test is called "${mutant.test.name}"` };
    const outcome: Outcome = { mutant, verdict, detail, durationMs: performance.now() - started };
    tell(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

const isGreen = (report: SuiteReport) => report.passed > 0 && report.failed === 0;

async function tryMutant(copy: string, mutant: Mutant, run: RunTest): Promise<{ verdict: Verdict; detail: string }> {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, 'utf8');
  const found = text.split(mutant.search).length - 1;
  if (found !== 1) return { verdict: 'text not found once', detail: `${mutant.file} has it ${found} times` };
  writeFileSync(path, text.split(mutant.search).join(mutant.replacement));
  try {
    const report = await run(copy, mutant.test);
    const failure = report.failures.find(({ test }) => test !== '');
    if (failure) return { verdict: 'killed', detail: failure.message.split('\n').find((line) => line.trim()) ?? '' };
    if (report.failed > 0) return { verdict: 'broke the file', detail: report.failures[0]?.message ?? '' };
    return { verdict: 'survived', detail: '' };
  } finally {
    writeFileSync(path, text);
  }
}
