// `npm start`: installs and builds when something changed, then runs Cordboard in one process.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from '../lib/node-flags.mjs';
import { requireNode } from '../lib/require-node.mjs';
import { buildWhenNeeded, installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
requireNode();
await installWhenNeeded(root);
await buildWhenNeeded(root);

const cordboard = spawn(process.execPath, [...nodeFlags, 'dist/standalone/main.js'], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the whole group by itself; what is sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => cordboard.kill('SIGTERM'));
process.on('SIGINT', () => cordboard.kill('SIGINT'));
cordboard.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
