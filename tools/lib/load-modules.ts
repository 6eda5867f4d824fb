import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from '../build/service.mjs';

/** Loads TypeScript or JSON files of the workspace, bundled together so that they share their libraries; gives their exports in order. */
export async function loadModules(root: string, name: string, paths: readonly string[]): Promise<Record<string, unknown>[]> {
  const entry = `dist/tools/${name}.ts`;
  const built = `dist/tools/${name}.cjs`;
  mkdirSync(join(root, 'dist/tools'), { recursive: true });
  writeFileSync(
    join(root, entry),
    paths.map((path, index) => `export * as module${index} from '../../${path.replace(/\.ts$/, '')}';\n`).join('') || 'export {};\n',
  );
  await bundle(root, entry, built);
  const require = createRequire(join(root, 'package.json'));
  // The same name may be loaded again with other files.
  delete require.cache[join(root, built)];
  const loaded = require(join(root, built)) as Record<string, Record<string, unknown>>;
  return paths.map((_path, index) => loaded[`module${index}`] ?? {});
}
