// `npm run mutants`: takes one guard away at a time, in a copy of the tree, and shows that a named test notices.
import { fileURLToPath } from 'node:url';
import { requireNode } from '../lib/require-node.mjs';
import { installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
requireNode();
await installWhenNeeded(root);
const { runTool } = await import('../lib/run-tool.mjs');
await runTool(root, 'tools/mutants/main.ts');
