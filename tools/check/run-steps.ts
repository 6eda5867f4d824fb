import type { Step } from './step';

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs the steps in order, `width` at a time, prints a line as each ends, its offences at once, and a summary at last.
 * Gives the names of those that failed. A step that throws has failed.
 */
export async function runSteps(
  steps: readonly Step[],
  root: string,
  width: number,
  print: (line: string) => void = console.log,
): Promise<string[]> {
  const started = performance.now();
  const failed: string[] = [];
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const begun = performance.now();
      const offences = await step
        .run(root)
        .catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
      print(`${offences ? '✗' : '✓'} ${step.name.padEnd(14)} ${step.title} (${seconds(begun)})`);
      if (!offences) continue;
      failed.push(step.name);
      print(offences.replace(/^/gm, '    '));
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  print('');
  const inOrder = steps.map((step) => step.name).filter((name) => failed.includes(name));
  if (inOrder.length > 0) print(`Failed: ${inOrder.join(', ')}. One alone: npm run check -- ${inOrder[0]}`);
  print(`${steps.length - failed.length} checks passed, ${failed.length} failed in ${seconds(started)}`);
  return inOrder;
}
