import { driftOf } from '../generate/drift';
import { generatedFiles } from '../generate/generated-files';
import { binary } from '../lib/run-command';
import { runSuite, type SuiteName } from '../test/run-suite';
import { failedTests } from '../test/summary';
import { checkBudgets } from './budgets/check-budgets';
import { checkCatalogue } from './catalogue/check-catalogue';
import { checkRlsExceptions } from './rls/check-rls';
import { commandStep, type Step } from './step';
import { checkTexts } from './texts/check-texts';
import { checkTopicOwners } from './topics/topic-owners';

const types = (name: string, project: string, title: string): Step =>
  commandStep(name, `types of ${title}`, binary('tsc'), [
    ...['--noEmit', '--pretty', 'false', '-p', project],
    ...['--incremental', '--tsBuildInfoFile', `dist/tools/${name}.tsbuildinfo`],
  ]);

const rule = (name: string, title: string, check: (root: string) => string[] | Promise<string[]>): Step => ({
  name,
  title,
  run: async (root) => (await check(root)).join('\n'),
});

/** A Jest project of its own; its specs prove each rule above with a deliberate offence. */
const tests = (suite: SuiteName, title: string): Step => ({
  name: suite,
  title,
  run: async (root) => {
    const report = await runSuite(root, suite, { quiet: true, workers: 1 });
    return report.failed > 0 ? [`${report.passed} passed, ${report.failed} failed`, ...failedTests([report])].join('\n') : '';
  },
});

/** What `npm run check` looks at, the longest first where two run side by side. */
export const steps: readonly Step[] = [
  commandStep(
    'format',
    'format and lint',
    binary('biome'),
    ['check', '--error-on-warnings', '--max-diagnostics=60'],
    'Mend what can be mended by itself with: npx biome check --write',
  ),
  types('types', 'tsconfig.json', 'services, libraries and tools'),
  types('types-console', 'apps/console', 'the console'),
  types('types-widget', 'apps/widget', 'the widget'),
  commandStep('boundaries', 'boundaries between projects, import cycles', binary('depcruise'), [
    'apps',
    'libs',
    'tools',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err-long',
  ]),
  commandStep('dead-code', 'dead code, dependencies without use', binary('knip'), ['--no-progress']),
  rule('generated', 'generated files are up to date', async (root) => (await driftOf(root, generatedFiles)).map(({ message }) => message)),
  rule('catalogue', 'the event catalogue', checkCatalogue),
  rule('topics', 'one owner a topic', checkTopicOwners),
  rule('rls', 'tables above tenants are listed with a reason', checkRlsExceptions),
  rule('texts', 'texts in every language', checkTexts),
  rule('budgets', 'sizes of the console and the widget', checkBudgets),
  tests('unit', 'unit tests, every rule of our own and unguarded resolvers among them'),
  tests('ui', 'tests of the pages'),
];
