// `npm run kafka [-- start|stop|status] [--nodes 3]`: an Apache Kafka on this machine.
import { fileURLToPath } from 'node:url';
import { requireNode } from '../lib/require-node.mjs';
import { installWhenNeeded } from '../lib/up-to-date.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
requireNode();
await installWhenNeeded(root);
const { runTool } = await import('../lib/run-tool.mjs');
await runTool(root, 'tools/kafka/main.ts');
