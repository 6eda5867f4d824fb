import { busMigrations } from '@cordboard/event-bus';
import type { Database } from '@cordboard/persistence';
import { type TestDatabase, testDatabase } from '@cordboard/testing';
import { rlsExceptions as identityExceptions } from '../../identity/src/rls-exceptions';
import { rlsExceptions as routingExceptions } from '../../routing/src/rls-exceptions';
import { isolationFixtures, ours, theirs } from './isolation.fixtures';
import { services } from './services';

interface Relation {
  schema: string;
  name: string;
  kind: string;
  secured: boolean;
  forced: boolean;
  policies: string[];
  owner: string;
}

const known = (name: string) => (name.includes('.') ? name : `routing.${name}`);
const aboveTenants = new Set([...Object.keys(identityExceptions), ...Object.keys(routingExceptions)].map(known));
const schemas = services.map((service) => service.data.schema);

describe('Row-level security, relation by relation', () => {
  let db: TestDatabase;
  let relations: Relation[];
  const databases = new Map<string, Database>();

  beforeAll(async () => {
    db = await testDatabase({ schemas: [busMigrations, ...services.map((service) => service.data)] });
    for (const schema of schemas) databases.set(schema, db.databaseFor(schema, { poolSize: 1 }));
    const { rows } = await db.admin.query<Relation>(
      `select n.nspname as schema, c.relname as name, c.relkind as kind, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
         array(select polname::text from pg_policy where polrelid = c.oid order by 1) as policies, pg_get_userbyid(c.relowner) as owner
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_' order by 1, 2`,
    );
    relations = rows;
  });

  afterAll(() => db.close());

  const database = (schema: string): Database => {
    const found = databases.get(schema);
    if (!found) throw new Error(`No service owns the schema ${schema}.`);
    return found;
  };
  const tenantTables = () => relations.filter(({ schema, name }) => schemas.includes(schema) && !aboveTenants.has(`${schema}.${name}`));

  it('is on and forced everywhere, with the tenant policies or a listed reason', () => {
    for (const relation of relations.filter(({ schema }) => schema !== 'app')) {
      const name = `${relation.schema}.${relation.name}`;
      expect({ name, kind: relation.kind, secured: relation.secured, forced: relation.forced }).toEqual({
        name,
        kind: 'r',
        secured: true,
        forced: true,
      });
      const expected =
        relation.schema === 'bus'
          ? []
          : aboveTenants.has(name)
            ? ['service_only']
            : ['tenant_delete', 'tenant_insert', 'tenant_select', 'tenant_update'];
      expect({ name, policies: relation.policies }).toEqual({ name, policies: expected });
    }
  });

  it('has a fixture for every table of a tenant, and no fixture for a table that is gone', () => {
    const tables = tenantTables().map(({ schema, name }) => `${schema}.${name}`);
    expect(Object.keys(isolationFixtures).sort()).toEqual(tables.sort());
  });

  it('denies a foreign select, update, delete and insert on every table of a tenant', async () => {
    for (const { schema, name } of tenantTables()) {
      const table = `${schema}.${name}`;
      const row = { tenant_id: theirs, ...isolationFixtures[table] };
      await plant(table, row);
      const foreign = await database(schema).tenant(ours, async (tx) => ({
        seen: (await tx.query(`select from ${table}`)).length,
        changed: await tx.execute(`update ${table} set tenant_id = tenant_id`),
        deleted: await tx.execute(`delete from ${table}`),
      }));
      expect({ table, ...foreign }).toEqual({ table, seen: 0, changed: 0, deleted: 0 });
      await expect(database(schema).tenant(ours, (tx) => tx.execute(insert(table), [JSON.stringify(row)]))).rejects.toThrow(
        /row-level security/,
      );
      const own = await database(schema).tenant(theirs, (tx) => tx.query(`select from ${table}`));
      expect({ table, own: own.length }).toEqual({ table, own: 1 });
    }
  });

  it('lets a viewer read and change nothing', async () => {
    for (const { schema, name } of tenantTables()) {
      const table = `${schema}.${name}`;
      const viewer = (statement: string) => database(schema).viewer([theirs], (tx) => tx.query(statement));
      expect({ table, rows: (await viewer(`select from ${table}`)).length }).toEqual({ table, rows: 1 });
      await expect(viewer(`update ${table} set tenant_id = tenant_id`)).rejects.toThrow(/outside a tenant or batch scope/);
      await expect(viewer(`delete from ${table}`)).rejects.toThrow(/outside a tenant or batch scope/);
    }
  });

  it('fails outside a scope', async () => {
    for (const { schema, name } of tenantTables()) {
      await expect(database(schema).system((tx) => tx.query(`select from ${schema}.${name}`))).rejects.toThrow(/outside a tenant scope/);
    }
  });

  it('gives a service no right on a relation of another, nor on the bus', async () => {
    const { rows } = await db.admin.query<{ role: string; relation: string }>(
      `select r.rolname as role, n.nspname || '.' || c.relname as relation
       from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
       where r.rolname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname = any ($2)
         and 'cordboard_' || n.nspname <> r.rolname
         and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate, references, trigger')`,
      [schemas.map((schema) => `cordboard_${schema}`), [...schemas, 'bus', 'app']],
    );
    expect(rows).toEqual([]);
  });

  it('lets no service own anything, bypass the policies or be more than itself', async () => {
    const { rows } = await db.admin.query(
      `select rolname from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
      [schemas.map((schema) => `cordboard_${schema}`)],
    );
    expect(rows).toEqual([]);
    expect(relations.filter(({ owner }) => schemas.some((schema) => owner === `cordboard_${schema}`))).toEqual([]);
  });

  it('keeps written audit rows from the service itself', async () => {
    await expect(database('identity').system((tx) => tx.execute(`update identity.audit set action = 'x'`))).rejects.toThrow(
      /permission denied/,
    );
    await expect(database('identity').system((tx) => tx.execute('delete from identity.audit'))).rejects.toThrow(/permission denied/);
  });

  const insert = (table: string) => `insert into ${table} select (jsonb_populate_record(null::${table}, $1)).*`;

  /** As the superuser, without foreign keys: each table is looked at by itself. */
  async function plant(table: string, row: object): Promise<void> {
    await db.admin.query(`set session_replication_role = replica`);
    await db.admin.query(insert(table), [JSON.stringify(row)]);
    await db.admin.query(`set session_replication_role = origin`);
  }
});
