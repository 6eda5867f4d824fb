// `npm test`: installs and builds what is needed, runs every suite, and ends with the totals. One suite: `npm test -- unit`.
import { fileURLToPath } from 'node:url';
import { requireNode } from '../lib/require-node.mjs';
import { installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
requireNode();
await installWhenNeeded(root);
const { runTool } = await import('../lib/run-tool.mjs');
await runTool(root, 'tools/test/main.ts');
