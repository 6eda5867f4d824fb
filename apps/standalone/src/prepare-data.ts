import { busMigrations } from '@cordboard/event-bus';
import { migrate, prepareDatabase, rolePassword } from '@cordboard/persistence';
import type { Client } from 'pg';
import { services } from './services';
import { StartError } from './start-error';

const oldestPostgres = 150_000;

/** Brings roles and every schema up to date, the bus first, since all others publish on it. */
export async function prepareData(admin: Client, masterKey: Buffer): Promise<string[]> {
  const { rows } = await admin.query<{ number: number; text: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  );
  const version = rows[0];
  if (!version || version.number < oldestPostgres) throw new StartError(`PostgreSQL 15 or newer is needed; this one is ${version?.text}.`);
  const schemasOfServices = services.map((service) => service.data);
  const schemas = ['bus', ...schemasOfServices.map((data) => data.schema)];
  await prepareDatabase(admin, schemas, (role) => rolePassword(masterKey, role));
  const applied: string[] = [];
  for (const data of [busMigrations, ...schemasOfServices]) await migrate(admin, data, (id) => applied.push(id));
  return applied;
}
