import { createHash, randomBytes } from 'node:crypto';
import { Database, migrate, prepareDatabase, rolePassword, type SchemaMigrations, serviceRole } from '@cordboard/persistence';
import { Client } from 'pg';
import { eventually } from './eventually';
import { type TestServer, testServer } from './test-server';

const masterKey = Buffer.from('the master key of test databases');
const passwordOf = (role: string) => rolePassword(masterKey, role);

export interface TestDatabaseOptions {
  /** Schemas the database has, in order: `[busMigrations, inboxMigrations]`. */
  schemas: readonly SchemaMigrations[];
  /** Another server than the run's own. */
  server?: TestServer;
}

/** A database of one test file, cloned from a migrated template. */
export interface TestDatabase {
  /** Address without user and password. */
  url: string;
  /** A superuser's connection: sees and may do everything. */
  admin: Client;
  /** The password of a service's role. */
  passwordOf(service: string): string;
  /** A pool that connects as the service's own role; closed by `close`. */
  databaseFor(service: string, options?: { poolSize?: number }): Database;
  /** Drops the database; fails when the test has left a connection or a timer behind. */
  close(): Promise<void>;
}

export async function testDatabase({ schemas, server = testServer() }: TestDatabaseOptions): Promise<TestDatabase> {
  const timersBefore = timers();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await cloneTemplate(server, schemas, name);
  const databases: Database[] = [];
  const url = `${server.url}/${name}`;
  const testing: TestDatabase = {
    url,
    admin: await connect(server, name),
    passwordOf: (service) => passwordOf(serviceRole(service)),
    databaseFor(service, { poolSize = 4 } = {}) {
      const role = serviceRole(service);
      const database = new Database({ url, role, password: passwordOf(role), name: service, poolSize, onError: () => undefined });
      databases.push(database);
      return database;
    },
    async close() {
      await Promise.all(databases.map((database) => database.close()));
      const left = await leftConnections(testing.admin);
      await testing.admin.end();
      await withServer(server, (postgres) => postgres.query(`drop database ${name} with (force)`));
      if (left.length > 0) throw new Error(`The test left database connections open: ${left.join(', ')}.`);
      await eventually(() => timers() <= timersBefore, { timeoutMs: 1000 }).catch(() => {
        throw new Error(`The test left ${timers() - timersBefore} timer(s) running.`);
      });
    },
  };
  return testing;
}

/** A superuser's connection to a database of the server. */
export async function connect(server: TestServer, database: string): Promise<Client> {
  const url = new URL(`${server.url}/${database}`);
  url.username = server.superuser;
  url.password = server.password;
  const client = new Client({ connectionString: url.toString(), application_name: 'test admin' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The template of a set of schemas is made once per run, whichever worker comes first; roles belong to the whole server. */
async function cloneTemplate(server: TestServer, schemas: readonly SchemaMigrations[], name: string): Promise<void> {
  const template = `template_${createHash('sha256').update(JSON.stringify(schemas)).digest('hex').slice(0, 16)}`;
  await withServer(server, async (postgres) => {
    await postgres.query('select pg_advisory_lock(4711)');
    const { rowCount } = await postgres.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(server, postgres, schemas, template);
    await postgres.query(`create database ${name} template ${template}`);
  });
}

async function makeTemplate(server: TestServer, postgres: Client, schemas: readonly SchemaMigrations[], template: string): Promise<void> {
  const half = `${template}_half`;
  await postgres.query(`drop database if exists ${half} with (force)`);
  await postgres.query(`create database ${half}`);
  const admin = await connect(server, half);
  try {
    await prepareDatabase(
      admin,
      schemas.filter((schema) => schema.role !== false).map(({ schema }) => schema),
      passwordOf,
    );
    for (const schema of schemas) await migrate(admin, schema);
  } finally {
    await admin.end();
  }
  await postgres.query(`alter database ${half} rename to ${template}`);
}

async function withServer(server: TestServer, work: (postgres: Client) => Promise<unknown>): Promise<void> {
  const postgres = await connect(server, 'postgres');
  try {
    await work(postgres);
  } finally {
    await postgres.end();
  }
}

/** Connections take a moment to go after their client has said good-bye. */
async function leftConnections(admin: Client): Promise<string[]> {
  let names: string[] = [];
  const look = async () => {
    const { rows } = await admin.query<{ name: string }>(
      `select application_name as name from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    names = rows.map((row) => row.name);
    return names.length === 0;
  };
  await eventually(look, { timeoutMs: 1000 }).catch(() => undefined);
  return names;
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
