import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from '../lib/node-flags.mjs';
import { requireNode } from '../lib/require-node.mjs';
import { buildWhenNeeded, installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Installs and builds when something changed, then runs a program until it ends; its exit code is ours. */
export async function runProgram(program, args = []) {
  requireNode();
  await installWhenNeeded(root);
  await buildWhenNeeded(root);
  const child = spawn(process.execPath, [...nodeFlags, program, ...args], { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the whole group by itself; what is sent to this process alone is passed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  process.on('SIGINT', () => child.kill('SIGINT'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
