import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as serviceKit from '@cordboard/service-kit';
import { filesUnder } from '../lib/files';
import { loadModules } from '../lib/load-modules';
import type { PartConfig } from './part-config';
import { onceEach } from './part-config';

type ConfigClass = new () => Record<string, unknown>;

/** Every config class of the workspace with its variables: `*.config.ts` files in which `@Env` stands. */
export async function readConfigs(root: string): Promise<PartConfig[]> {
  const paths = filesUnder(root, ['apps', 'libs'], /^(apps|libs)\/[^/]+\/src\/.*\.config\.ts$/).filter((path) =>
    readFileSync(join(root, path), 'utf8').includes('@Env('),
  );
  const [kit, ...modules] = await loadModules(root, 'configs', ['libs/service-kit/src/index.ts', ...paths]);
  const { envFields } = kit as unknown as typeof serviceKit;
  const configs = modules.flatMap((module, index) =>
    Object.values(module)
      .filter((exported): exported is ConfigClass => typeof exported === 'function')
      .map((config) => {
        const defaults = new config();
        const variables = envFields(config).map(({ property, ...field }) => ({ ...field, value: defaults[property] }));
        return { part: paths[index]?.split('/')[1] ?? '', variables };
      }),
  );
  return onceEach(configs);
}
