import { type BusMetrics, LogReader, PgBusServer } from '@cordboard/event-bus';
import { Database, rolePassword, serviceRole } from '@cordboard/persistence';
import { InProcessRpcServer, type Metrics, type Platform, ProxyRpcClient, RpcHub, type ServiceDefinition } from '@cordboard/service-kit';
import type { Logger } from 'pino';
import { deriveKey } from './master-key';

export interface StandalonePlatform extends Platform {
  reader: LogReader;
}

/** Everything services stand on in one process: one hub for calls, one reader of the log, a pool per service. */
export function standalonePlatform(
  environment: NodeJS.ProcessEnv,
  databaseUrl: string,
  masterKey: Buffer,
  log: Logger,
): StandalonePlatform {
  const hub = new RpcHub();
  const actorKey = deriveKey(masterKey, 'actor');
  const password = (role: string) => rolePassword(masterKey, role);
  const reader = new LogReader({ url: databaseUrl, password: password(serviceRole('bus')), logger: log });
  return {
    environment,
    log,
    reader,
    key: (purpose) => deriveKey(masterKey, purpose),
    database: (definition, serviceLog) => openDatabase(definition, databaseUrl, password, serviceLog),
    rpcClient: new ProxyRpcClient(hub),
    rpcServer: (_definition, serviceLog) => new InProcessRpcServer(hub, actorKey, serviceLog),
    busServer: (definition, database, serviceLog, metrics) =>
      new PgBusServer({ service: definition.name, database, reader, logger: serviceLog, metrics: busMetrics(metrics) }),
  };
}

function openDatabase(definition: ServiceDefinition, url: string, password: (role: string) => string, log: Logger): Database {
  const role = serviceRole(definition.name);
  return new Database({
    url,
    role,
    password: password(role),
    name: definition.name,
    poolSize: definition.poolSize ?? 6,
    onError: (error) => log.warn({ err: error }, 'A database connection was lost; it is opened again when needed'),
  });
}

/** How long the transactions of each group take, and how many events they handle. */
function busMetrics(metrics: Metrics): BusMetrics {
  const seconds = metrics.histogram(
    'bus_transaction_seconds',
    'Length of a group transaction',
    [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    ['group'],
  );
  const handled = metrics.counter('bus_events_total', 'Events handled', ['group']);
  return {
    handled: (group, events, ms) => {
      seconds.observe({ group }, ms / 1000);
      handled.inc({ group }, events);
    },
  };
}
