import { parseArgs } from 'node:util';
import { type SuiteName, suiteNames } from './run-suite';

/** End-to-end stories by the shape they are told in. */
const inShape: Record<string, SuiteName> = { standalone: 'e2e', distributed: 'e2e-distributed' };

/** The suites a command line names, all without one; `e2e` means the stories in every shape, or that of `--shape`. What is wrong, as text. */
export function chooseSuites(args: readonly string[]): SuiteName[] | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { shape: { type: 'string' } } });
    const unknown = positionals.filter((name) => !suiteNames.some((suite) => suite === name));
    if (unknown.length > 0) return `There is no suite called ${unknown.join(', ')}. Suites: ${suiteNames.join(', ')}.`;
    if (values.shape && !inShape[values.shape]) return `There is no shape ${values.shape}. Shapes: ${Object.keys(inShape).join(', ')}.`;
    const isNamed = (name: string) => positionals.length === 0 || positionals.includes(name);
    const isStories = (name: SuiteName) => Object.values(inShape).includes(name);
    return suiteNames.filter((name) => {
      if (!isStories(name)) return isNamed(name);
      return (isNamed(name) || isNamed('e2e')) && (!values.shape || inShape[values.shape] === name);
    });
  } catch (error) {
    return (error as Error).message;
  }
}
