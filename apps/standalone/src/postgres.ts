import { join, resolve } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@cordboard/persistence';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { deriveKey } from './master-key';
import type { StandaloneConfig } from './standalone.config';
import { StartError } from './start-error';

/** A PostgreSQL to work on, embedded or given. */
export interface Postgres {
  /** Address of Cordboard's database without user and password. */
  url: string;
  /** The same with a user who may create roles and schemas. */
  adminUrl: string;
  /** A connection of that user. */
  connectAdmin: () => Promise<Client>;
  stop: () => Promise<void>;
}

const superuser = 'cordboard';
const databaseName = 'cordboard';
const restartDelaysMs = [100, 500, 1000, 2000, 5000];

/** The given PostgreSQL, or the embedded one of the data folder. */
export async function openPostgres({ databaseUrl, dataFolder }: StandaloneConfig, masterKey: Buffer, log: Logger): Promise<Postgres> {
  if (databaseUrl) return givenPostgres(databaseUrl);
  return embeddedPostgres(dataFolder, Buffer.from(deriveKey(masterKey, 'embedded superuser')).toString('hex'), log);
}

/** Uses the PostgreSQL of `DATABASE_URL` as it is. */
export function givenPostgres(databaseUrl: string): Postgres {
  const bare = new URL(databaseUrl);
  bare.username = '';
  bare.password = '';
  return { url: bare.toString(), adminUrl: databaseUrl, connectAdmin: () => connect(databaseUrl), stop: async () => undefined };
}

/**
 * Starts the embedded PostgreSQL and keeps it up: a server that dies is started again on the same port, where its
 * crash recovery brings every committed transaction back; the services' pools reconnect by themselves.
 */
async function embeddedPostgres(dataFolder: string, password: string, log: Logger): Promise<Postgres> {
  const dataDir = resolve(join(dataFolder, 'postgres'));
  let server = await start(dataDir, password);
  const port = Number(new URL(server.url).port);
  let stopping = false;

  const supervise = async (): Promise<void> => {
    await server.exited;
    for (let attempt = 0; !stopping; attempt++) {
      log.error({ attempt }, 'PostgreSQL ended unexpectedly; starting it again');
      try {
        server = await start(dataDir, password, port);
        log.warn('PostgreSQL is back');
        return void supervise();
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL did not start');
        await new Promise((next) => setTimeout(next, restartDelaysMs[Math.min(attempt, restartDelaysMs.length - 1)]));
      }
    }
  };
  void supervise();

  const address = (database: string) => `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
  await createDatabase(address('postgres'));
  const bySocket = server.socketFolder ? `?host=${encodeURIComponent(server.socketFolder)}` : '';
  return {
    url: `postgres://127.0.0.1:${port}/${databaseName}${bySocket}`,
    adminUrl: address(databaseName),
    connectAdmin: () => connect(address(databaseName)),
    stop: async () => {
      stopping = true;
      await server.stop();
    },
  };
}

async function start(dataDir: string, password: string, port?: number): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ dataDir, superuser, password, durable: true, port });
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

async function createDatabase(address: string): Promise<void> {
  const client = await connect(address);
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

async function connect(address: string): Promise<Client> {
  const client = new Client({ connectionString: address, application_name: 'cordboard admin', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new StartError(
      `Cannot reach PostgreSQL at ${new URL(address).host}: ${(error as Error).message}. Check DATABASE_URL and that the server runs.`,
    );
  }
}
