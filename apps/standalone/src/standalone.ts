import { loadConfig, type RunningService, startService } from '@cordboard/service-kit';
import type { Logger } from 'pino';
import { printAddresses } from './addresses';
import { addBusMetrics } from './bus-metrics';
import { seedDemo } from './demo/seed-demo';
import { Front, processMetrics } from './front';
import { keepShape } from './keep-shape';
import { openLog } from './log';
import { loadMasterKey } from './master-key';
import { type StandalonePlatform, standalonePlatform } from './platform';
import { openPostgres, type Postgres } from './postgres';
import { prepareData } from './prepare-data';
import { services } from './services';
import { StandaloneConfig } from './standalone.config';
import { stopOnSignals } from './stop-on-signals';

const stopDeadlineMs = 4500;

/**
 * Runs every service in this process until SIGINT or SIGTERM. The order at start: the port (so that one in use is
 * told at once), the database, its schemas, the services, the demo. At stop the same backwards, within 4.5 s.
 */
export async function runStandalone(environment: NodeJS.ProcessEnv): Promise<void> {
  const started = performance.now();
  const config = loadConfig(StandaloneConfig, environment);
  const masterKey = loadMasterKey(config.masterKey, config.dataFolder);
  const front = new Front();
  await front.listen(config.port, config.host);
  const log = openLog(config.logLevel, config.dataFolder);
  const running: Running = { front, log, services: [] };
  stopOnSignals(['SIGINT', 'SIGTERM'], log, stopDeadlineMs, () => stopAll(running));

  say('PostgreSQL');
  running.postgres = await openPostgres(config, masterKey, log);
  const admin = await running.postgres.connectAdmin();
  const applied = await prepareData(admin, masterKey).finally(() => admin.end());
  await keepShape({ url: running.postgres.url, masterKey }, 'standalone', log);
  if (applied.length > 0) say(`${applied.length} migrations`);

  const platform = standalonePlatform({ ...environment, PORT: String(config.port) }, running.postgres.url, masterKey, log);
  running.platform = platform;
  await platform.reader.start();
  addBusMetrics(processMetrics, () => platform.reader.stats());
  for (const definition of services) running.services.push(await startService(definition, platform));
  say(`${running.services.length} services`);
  if (config.demo) await seedDemo(config, running.postgres.url, masterKey);
  front.open(running.services);
  log.info({ port: config.port }, 'Cordboard is ready');
  printAddresses(config, performance.now() - started);
}

interface Running {
  front: Front;
  log: Logger;
  services: RunningService[];
  postgres?: Postgres;
  platform?: StandalonePlatform;
}

function say(what: string): void {
  process.stdout.write(`  ${what}\n`);
}

async function stopAll({ front, services: startedServices, platform, postgres }: Running): Promise<void> {
  front.close();
  await Promise.allSettled([...startedServices].reverse().map((service) => service.stop()));
  await platform?.reader.stop();
  await postgres?.stop();
}
