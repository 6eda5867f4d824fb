import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { transform } from '@swc/core';
import { build } from 'esbuild';

const decorated = /^\s*@[A-Z]\w*\(/m;

/** esbuild emits no decorator metadata, on which Nest's injection rests: files with decorators pass through swc first. */
const decorators = {
  name: 'decorators',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!decorated.test(source) && !/\(\s*@[A-Z]\w*\(|,\s*@[A-Z]\w*\(/.test(source)) return { contents: source, loader: 'ts' };
      const { code } = await transform(source, {
        filename: path,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/** Our own libraries are bundled; everything from node_modules stays outside. */
function packagesOutside(root) {
  return {
    name: 'packages-outside',
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /^@cordboard\// }, ({ path }) => ({
        path: resolve(root, 'libs', path.slice('@cordboard/'.length), 'src/index.ts'),
      }));
      pluginBuild.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, external: true }));
    },
  };
}

/** Bundles the commands of a service: `{ main: 'main.ts' }` makes `dist/<name>/main.js` of `apps/<name>/src/main.ts`. */
export async function buildService(root, name, commands) {
  for (const [command, entry] of Object.entries(commands)) await bundle(root, `apps/${name}/src/${entry}`, `dist/${name}/${command}.js`);
}

/** Bundles any TypeScript of the workspace; paths are the workspace's. */
export async function bundle(root, entry, outfile) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    keepNames: true,
    logLevel: 'warning',
    tsconfig: 'tsconfig.base.json',
    plugins: [packagesOutside(root), decorators],
  });
}
