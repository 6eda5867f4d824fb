import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a page app's own Vite build. */
export async function buildPages(root, name) {
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '-c', `apps/${name}/vite.config.mts`];
  const [code] = await once(spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error(`Building ${name} failed.`);
}
