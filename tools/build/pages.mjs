import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a page app's own Vite build (`apps/<name>/vite.config.ts`, further `vite.*.config.ts` beside it in order). */
export async function buildPages(root, name) {
  const { readdirSync } = await import('node:fs');
  const configs = readdirSync(`${root}/apps/${name}`)
    .filter((file) => /^vite(\.\w+)?\.config\.ts$/.test(file))
    .sort();
  for (const config of configs) {
    const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '-c', `apps/${name}/${config}`], {
      cwd: root,
      stdio: 'inherit',
    });
    const [code] = await once(vite, 'exit');
    if (code !== 0) throw new Error(`Building ${name} with ${config} failed.`);
  }
}
