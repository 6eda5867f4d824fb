// `npm run generate`: writes what follows from the code (schema.graphql, docs/flow.md, docs/configuration.md, .env.example).
// With `--check` it writes nothing and fails when one of them is out of date.
import { fileURLToPath } from 'node:url';
import { requireNode } from '../lib/require-node.mjs';
import { runTool } from '../lib/run-tool.mjs';

requireNode();
await runTool(fileURLToPath(new URL('../..', import.meta.url)), 'tools/generate/main.ts');
