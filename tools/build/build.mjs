// Builds what the arguments name, or everything: services by esbuild with swc for decorators, pages by Vite.
import { fileURLToPath } from 'node:url';
import { buildPages } from './pages.mjs';
import { buildService } from './service.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const services = {
  standalone: { main: 'main.ts', backup: 'backup-command.ts' },
  distributed: { main: 'main.ts', service: 'service-process.ts', prepare: 'prepare-process.ts', bus: 'bus-command.ts' },
};
const pages = ['console', 'widget'];

const named = process.argv.slice(2);
const unknown = named.filter((name) => ![...Object.keys(services), ...pages].includes(name));
if (unknown.length > 0) {
  console.error(`There is nothing to build called ${unknown.join(', ')}. Known: ${[...Object.keys(services), ...pages].join(', ')}.`);
  process.exit(2);
}
for (const name of named.length > 0 ? named : [...Object.keys(services), ...pages]) {
  const started = performance.now();
  if (pages.includes(name)) await buildPages(root, name);
  else await buildService(root, name, services[name]);
  console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
