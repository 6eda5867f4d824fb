import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The loader runs in other people's pages as a classic script: one closed function at a name that never changes. */
function loaderScript(): Plugin {
  return {
    name: 'cordboard-loader',
    async generateBundle() {
      const result = await esbuild({
        entryPoints: [here('./src/loader/main.ts')],
        bundle: true,
        format: 'iife',
        minify: true,
        write: false,
        target: ['es2020'],
        legalComments: 'none',
      });
      this.emitFile({ type: 'asset', fileName: 'loader.js', source: result.outputFiles[0]?.text ?? '' });
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: '/webchat/',
  publicDir: here('./public'),
  plugins: [loaderScript()],
  resolve: { alias: { '@cordboard/webchat-protocol': here('../../libs/webchat-protocol/src/index.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/widget'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: here('./frame.html') },
  },
});
