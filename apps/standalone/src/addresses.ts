import { demoPassword, demoPeople, demoTenants } from './demo/demo-data';
import type { StandaloneConfig } from './standalone.config';

/** The last thing `npm start` says: where to go and who to be. */
export function printAddresses(config: StandaloneConfig, tookMs: number): void {
  const lines = [
    '',
    `Cordboard is ready after ${(tookMs / 1000).toFixed(1)} s.`,
    '',
    `  The agent's window   http://localhost:${config.port}`,
  ];
  if (config.demo) {
    for (const tenant of demoTenants)
      lines.push(`  ${`${tenant.name}’s site`.padEnd(20)} http://127.0.0.1:${config.port}/demo/${tenant.slug}`);
    lines.push('', `  Sign in with the password ${demoPassword} as`);
    for (const person of demoPeople) lines.push(`    ${person.email.padEnd(34)} ${person.title}`);
  }
  lines.push('', '  Ctrl-C stops it.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}
