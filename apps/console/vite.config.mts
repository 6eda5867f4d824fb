import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const workspace = path.resolve(import.meta.dirname, '../..');

/** Builds the console to dist/console: one page, hashed assets, no inline script, so that a strict CSP holds. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { alias: { '@cordboard/ui': path.join(workspace, 'libs/ui/src/index.ts') } },
  build: {
    outDir: path.join(workspace, 'dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
