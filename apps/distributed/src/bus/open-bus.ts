import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DeadLetters, type KafkaOptions } from '@cordboard/event-bus';
import { Database, rolePassword, serviceRole } from '@cordboard/persistence';
import { createLogger, loadConfig } from '@cordboard/service-kit';
import type { Logger } from 'pino';
import { brokersOf, readCluster, runningNodes } from '../../../../tools/kafka/cluster';
import { findDataFolder } from '../../../standalone/src/backup/data-folder';
import { short } from '../../../standalone/src/log';
import { loadMasterKey } from '../../../standalone/src/master-key';
import { openPostgres, type Postgres } from '../../../standalone/src/postgres';
import { StandaloneConfig } from '../../../standalone/src/standalone.config';
import { StartError } from '../../../standalone/src/start-error';
import { KafkaConfig } from '../kafka.config';
import { kafkaOptions } from '../kafka-options';

/** An installation whose bus is worked on, running or stopped. */
export interface OpenBus {
  /** As the bus's own role. */
  database: Database;
  letters: DeadLetters;
  masterKey: Buffer;
  /** False when the embedded PostgreSQL was started for this command: then Cordboard is stopped. */
  isRunning: boolean;
  /** Missing for an embedded PostgreSQL that was running. */
  postgres: Postgres | undefined;
  /** Of Cordboard's database, without user and password. */
  url: string;
  log: Logger;
  close: () => Promise<void>;
}

/** The PostgreSQL of DATABASE_URL, or that of the data folder, which is started for as long as the command takes when it is stopped. */
export async function openBus(environment: NodeJS.ProcessEnv): Promise<OpenBus> {
  const config = loadConfig(StandaloneConfig, environment);
  const log = terminalLog();
  const port = config.databaseUrl ? undefined : portOf(environment);
  const masterKey = existingKey(config);
  const postgres = port ? undefined : await openPostgres(config, masterKey, log);
  const url = postgres?.url ?? `postgres://127.0.0.1:${port}/cordboard`;
  const role = serviceRole('bus');
  const password = rolePassword(masterKey, role);
  const database = new Database({ url, role, password, name: 'bus command', poolSize: 2, onError: () => undefined });
  const close = async () => {
    await database.close();
    await postgres?.stop();
  };
  return {
    database,
    letters: new DeadLetters(database),
    masterKey,
    isRunning: Boolean(port || config.databaseUrl),
    postgres,
    url,
    log,
    close,
  };
}

/** The cluster of KAFKA_BROKERS, or the one that runs in the data folder. */
export async function findKafka(environment: NodeJS.ProcessEnv): Promise<KafkaOptions | undefined> {
  const config = loadConfig(KafkaConfig, environment);
  if (config.brokers) return kafkaOptions(config);
  const folder = join(loadConfig(StandaloneConfig, environment).dataFolder, 'kafka');
  const cluster = readCluster(folder);
  if (!cluster || (await runningNodes(folder)).length === 0) return undefined;
  return kafkaOptions(Object.assign(config, { brokers: brokersOf(cluster) }));
}

/** Of the running server; undefined when it is stopped. Nothing is made where there is no data. */
export function portOf(environment: NodeJS.ProcessEnv): number | undefined {
  const { path, postgres, port } = findDataFolder(environment);
  if (!existsSync(join(postgres, 'PG_VERSION'))) throw new StartError(`There is no data in ${path}. Set CORDBOARD_DATA or DATABASE_URL.`);
  return port;
}

/** A key that is made now would open nothing. */
function existingKey({ masterKey, dataFolder }: StandaloneConfig): Buffer {
  const file = join(dataFolder, 'master.key');
  if (!masterKey && !existsSync(file)) throw new StartError(`${file} is not there: set CORDBOARD_MASTER_KEY or CORDBOARD_DATA.`);
  return loadMasterKey(masterKey, dataFolder);
}

function terminalLog(): Logger {
  return createLogger('warn', { write: (line: string) => process.stderr.write(short(line)) });
}
