import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../build/service.mjs';

/** Bundles a tool written in TypeScript and runs it in this process, at the root of the workspace. */
export async function runTool(root, entry) {
  process.chdir(root);
  const outfile = `dist/tools/${entry.replace(/\.ts$/, '').replaceAll('/', '-')}.cjs`;
  await bundle(root, entry, outfile);
  await import(pathToFileURL(join(root, outfile)).href);
}
