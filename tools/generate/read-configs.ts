import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EnvField } from '@cordboard/service-kit';
import { bundle } from '../build/service.mjs';
import { filesUnder } from '../lib/files';

/** One variable with its default. */
export interface Variable extends Pick<EnvField, 'variable' | 'schema' | 'doc'> {
  value: unknown;
}

/** The configuration of one part. */
export interface PartConfig {
  /** Name of the app or library. */
  part: string;
  variables: Variable[];
}

const entry = 'dist/tools/configs.ts';
const built = 'dist/tools/configs.cjs';

/** Every config class of the workspace with its variables: `*.config.ts` files in which `@Env` stands. */
export async function readConfigs(root: string): Promise<PartConfig[]> {
  const classes = filesUnder(root, ['apps', 'libs'], /^(apps|libs)\/[^/]+\/src\/.*\.config\.ts$/).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    if (!text.includes('@Env(')) return [];
    return [...text.matchAll(/^export class (\w+)/gm)].map((match) => ({ name: match[1] ?? '', path, part: path.split('/')[1] ?? '' }));
  });
  mkdirSync(join(root, 'dist/tools'), { recursive: true });
  writeFileSync(
    join(root, entry),
    [
      "import { envFields } from '@cordboard/service-kit';",
      ...classes.map(({ name, path }, index) => `import { ${name} as Config${index} } from '../../${path.replace(/\.ts$/, '')}';`),
      'const read = (part, Config) => {',
      '  const defaults = new Config();',
      '  return { part, variables: envFields(Config).map(({ property, ...field }) => ({ ...field, value: defaults[property] })) };',
      '};',
      `export const configs = [${classes.map(({ part }, index) => `read('${part}', Config${index})`).join(', ')}];`,
      '',
    ].join('\n'),
  );
  await bundle(root, entry, built);
  const { configs } = createRequire(join(root, 'package.json'))(join(root, built)) as { configs: PartConfig[] };
  return onceEach(configs.filter((config) => config.variables.length > 0));
}

/** A variable that several parts read stands under the first; it must mean the same in all. */
export function onceEach(configs: readonly PartConfig[]): PartConfig[] {
  const known = new Map<string, { part: string; meaning: string }>();
  return configs
    .map(({ part, variables }) => ({
      part,
      variables: variables.filter((each) => {
        const meaning = JSON.stringify([each.doc, each.value]);
        const before = known.get(each.variable);
        if (before && before.meaning !== meaning) {
          throw new Error(`${each.variable} differs between ${before.part} and ${part}: give it one doc and one default, or two names.`);
        }
        if (!before) known.set(each.variable, { part, meaning });
        return !before;
      }),
    }))
    .filter(({ variables }) => variables.length > 0);
}
