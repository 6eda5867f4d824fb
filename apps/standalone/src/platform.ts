import { LogReader, PgBusServer } from '@cordboard/event-bus';
import { rolePassword, serviceRole } from '@cordboard/persistence';
import { InProcessRpcServer, type Platform, ProxyRpcClient, RpcHub } from '@cordboard/service-kit';
import type { Logger } from 'pino';
import { groupMetrics } from './group-metrics';
import { deriveKey } from './master-key';
import { openDatabase } from './service-database';

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
  const reader = new LogReader({ url: databaseUrl, password: rolePassword(masterKey, serviceRole('bus')), logger: log });
  return {
    environment,
    log,
    reader,
    key: (purpose) => deriveKey(masterKey, purpose),
    database: (definition, serviceLog) => openDatabase(definition, { url: databaseUrl, masterKey }, serviceLog),
    rpcClient: new ProxyRpcClient(hub),
    rpcServer: (_definition, serviceLog) => new InProcessRpcServer(hub, actorKey, serviceLog),
    busServer: (definition, database, serviceLog, metrics) =>
      new PgBusServer({ service: definition.name, database, reader, logger: serviceLog, metrics: groupMetrics(metrics) }),
  };
}
