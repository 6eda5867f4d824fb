import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** Lines of postmaster.pid: process id, data folder, start time, port … */
function runningPort(postgres: string): number | undefined {
  const file = join(postgres, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return isAlive(Number(pid)) ? Number(port) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
