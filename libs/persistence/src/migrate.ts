import type { Client } from 'pg';
import { serviceRole } from './roles';
import { unexpectedCount } from './unexpected-count';

/** One step of a schema; the id is `<timestamp>-<what-it-does>`, as the file. Applied once, in order, in a transaction. */
export interface Migration {
  id: string;
  up: string;
}

/** A service's schema with its steps. The bus has none of the services' roles: `role: false`. */
export interface SchemaMigrations {
  schema: string;
  migrations: readonly Migration[];
  role?: false;
}

/**
 * Brings one schema up to date. Several processes may call it at once: the first to get the advisory lock works,
 * the others find nothing left to do. A schema that has a step this code does not know is newer: it is refused.
 */
export async function migrate(admin: Client, { schema, migrations }: SchemaMigrations, onApplied?: (id: string) => void): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [`cordboard migrate ${schema}`]);
  try {
    const { rows } = await admin.query<{ id: string }>('select id from app.migration where schema = $1', [schema]);
    const applied = new Set(rows.map((row) => row.id));
    const known = new Set(migrations.map((migration) => migration.id));
    const unknown = [...applied].find((id) => !known.has(id));
    if (unknown)
      throw new Error(`The data has step ${schema}/${unknown}, which this version does not know. Start a newer version of Cordboard.`);
    for (const migration of migrations.filter((step) => !applied.has(step.id))) {
      await apply(admin, schema, migration);
      onApplied?.(`${schema}/${migration.id}`);
    }
  } finally {
    await admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`cordboard migrate ${schema}`]);
  }
}

async function apply(admin: Client, schema: string, migration: Migration): Promise<void> {
  await admin.query('begin');
  try {
    await admin.query(migration.up);
    await admin.query('insert into app.migration (schema, id) values ($1, $2)', [schema, migration.id]);
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw new Error(`Migration ${schema}/${migration.id} failed and was rolled back: ${(error as Error).message}`);
  }
}

/** Roles, the `app` schema with the scope functions, and one empty schema per service. May be run again at each start. */
export async function prepareDatabase(admin: Client, services: readonly string[], passwordOf: (role: string) => string): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', ['cordboard prepare']);
  try {
    await admin.query(foundation);
    const { rows } = await admin.query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
    const hasTransactionTimeout = (rows[0]?.version ?? 0) >= 170_000;
    for (const service of services) await admin.query(serviceSchema(service, passwordOf(serviceRole(service)), hasTransactionTimeout));
  } finally {
    await admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', ['cordboard prepare']);
  }
}

const foundation = `
  do $$ begin
    if not exists (select from pg_roles where rolname = 'cordboard_definer') then
      create role cordboard_definer nologin bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'cordboard_service') then
      create role cordboard_service nologin;
    end if;
  end $$;
  create schema if not exists app;
  grant usage on schema app to public;
  create table if not exists app.migration (
    schema text not null, id text not null, applied_at timestamptz not null default now(), primary key (schema, id)
  );
  create or replace function app.readable_tenants() returns uuid[] language plpgsql stable parallel safe as $$
  begin
    if current_setting('app.scope', true) in ('tenant', 'batch', 'viewer') then
      return current_setting('app.tenant_ids')::uuid[];
    end if;
    raise exception 'This query reads tenants'' rows outside a tenant scope.' using errcode = '42501';
  end $$;
  create or replace function app.must_be(actual bigint, expected bigint) returns boolean language plpgsql parallel safe as $$
  begin
    if actual = expected then return true; end if;
    raise exception '% rows were expected, % were touched.', expected, actual using errcode = '${unexpectedCount}';
  end $$;
  create or replace function app.writable_tenants() returns uuid[] language plpgsql stable parallel safe as $$
  begin
    if current_setting('app.scope', true) in ('tenant', 'batch') then
      return current_setting('app.tenant_ids')::uuid[];
    end if;
    raise exception 'This query writes tenants'' rows outside a tenant or batch scope.' using errcode = '42501';
  end $$;
`;

function serviceSchema(service: string, password: string, hasTransactionTimeout: boolean): string {
  const role = serviceRole(service);
  return `
    do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
    end $$;
    alter role ${role} with login nosuperuser nobypassrls nocreatedb nocreaterole password '${password}';
    grant cordboard_service to ${role};
    alter role ${role} set statement_timeout = '4s';
    alter role ${role} set lock_timeout = '3s';
    alter role ${role} set idle_in_transaction_session_timeout = '4s';
    ${hasTransactionTimeout ? `alter role ${role} set transaction_timeout = '5s';` : ''}
    alter role ${role} set search_path = ${service};
    alter role ${role} set jit = off;
    alter role ${role} set max_parallel_workers_per_gather = 0;
    create schema if not exists ${service};
    grant usage on schema ${service} to ${role}, cordboard_definer;
  `;
}
