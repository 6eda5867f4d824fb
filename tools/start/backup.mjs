// `npm run backup [-- FOLDER]` and `npm run restore -- FOLDER`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { requireNode } from '../lib/require-node.mjs';
import { buildWhenNeeded, installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
requireNode();
await installWhenNeeded(root);
await buildWhenNeeded(root);
const command = spawn(process.execPath, ['dist/standalone/backup.js', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
command.on('exit', (code) => process.exit(code ?? 1));
