import { configurationPage } from './configuration-page';
import type { GeneratedFile } from './drift';
import { envExample } from './env-example';
import { findConsumers } from './find-consumers';
import { flowPage } from './flow-page';
import { printSchema } from './print-schema';
import { readConfigs } from './read-configs';

/** Everything `npm run generate` writes. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'libs/graphql/schema.graphql', make: printSchema },
  { path: 'docs/flow.md', make: async (root) => flowPage(findConsumers(root)) },
  { path: 'docs/configuration.md', make: async (root) => configurationPage(await readConfigs(root)) },
  { path: '.env.example', make: async (root) => envExample(await readConfigs(root)) },
];
