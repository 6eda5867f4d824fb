// `npm run chaos`: breaks Cordboard on purpose and counts what was lost, repeated or put out of order. `-- --help` lists the options.
import { fileURLToPath } from 'node:url';
import { requireNode } from '../lib/require-node.mjs';
import { installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
requireNode();
await installWhenNeeded(root);
const { runTool } = await import('../lib/run-tool.mjs');
await runTool(root, 'tools/chaos/main.ts');
