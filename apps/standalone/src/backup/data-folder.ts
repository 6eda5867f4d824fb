import { join, resolve } from 'node:path';
import { isAlive, readPostmaster } from '@cordboard/persistence';
import { loadConfig } from '@cordboard/service-kit';
import { StandaloneConfig } from '../standalone.config';
import { StartError } from '../start-error';

/** Where the data of this installation lies, and whether its server runs. */
export interface DataFolder {
  path: string;
  postgres: string;
  masterKeyFile: string;
  /** Port of the running server; undefined when it is stopped. */
  port: number | undefined;
}

export function findDataFolder(environment: NodeJS.ProcessEnv): DataFolder {
  const config = loadConfig(StandaloneConfig, environment);
  if (config.databaseUrl)
    throw new StartError('DATABASE_URL is set: back up that PostgreSQL with its own tools (pg_dump or pg_basebackup).');
  const path = resolve(config.dataFolder);
  const postgres = join(path, 'postgres');
  return { path, postgres, masterKeyFile: join(path, 'master.key'), port: runningPort(postgres) };
}

function runningPort(postgres: string): number | undefined {
  const postmaster = readPostmaster(postgres);
  return postmaster && isAlive(postmaster.pid) ? postmaster.port : undefined;
}
