import { runCommand } from '../../lib/run-command';
import { type Budget, gzippedBytes, overBudget } from './measure';

const budgets: readonly Budget[] = [
  { title: 'The first load of the console (script)', file: 'dist/console/index.html', counts: /\.js$/, limitBytes: 300_000 },
  { title: 'The loader of the widget', file: 'dist/widget/loader.js', counts: /\.js$/, limitBytes: 5_000 },
  { title: 'The frame of the widget (script and styles)', file: 'dist/widget/frame.html', counts: /\.(js|css)$/, limitBytes: 60_000 },
];

/** Builds the pages and measures them. */
export async function checkBudgets(root: string): Promise<string[]> {
  const { code, output } = await runCommand(process.execPath, ['tools/build/build.mjs', 'console', 'widget'], { cwd: root });
  if (code !== 0) return [`The pages cannot be built.\n${output.trim()}`];
  return budgets.flatMap((budget) => overBudget(budget, gzippedBytes(root, budget)) ?? []);
}
