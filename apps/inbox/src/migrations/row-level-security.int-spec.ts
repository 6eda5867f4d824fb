import { InboxFixture } from '../../testing/inbox-fixture';

/** One row of the first tenant for each table; `{t}` is the tenant, `{i}` a fresh id. A table without one fails the spec. */
const fixtures: Record<string, string> = {
  contact: `(tenant_id, id) values ({t}, {i})`,
  identity: `(tenant_id, id, channel, value, contact_id) select {t}, {i}, 'webchat', 'v', id from inbox.contact limit 1`,
  reason: `(tenant_id, id, name, position) values ({t}, {i}, '{}', 1)`,
  outcome: `(tenant_id, id, name, position) values ({t}, {i}, '{}', 1)`,
  conversation: `(tenant_id, id, contact_id, channel, identity, state, rev, last_seq, inbound_rev, state_rev, opened_at, last_line, last_author, last_at, inbound_count, work_state, work_version)
    select {t}, {i}, id, 'webchat', 'v', 'closed', 0, 0, 0, 0, now(), '', 'customer', now(), 0, 'done', 0 from inbox.contact limit 1`,
  entry: `(tenant_id, conversation_id, seq, id, rev, kind, author, text, occurred_at, recorded_at) values ({t}, {i}, 1, {i}, 1, 'note', 'agent', '', now(), now())`,
  read_mark: `(tenant_id, person_id, conversation_id, inbound_count) values ({t}, {i}, {i}, 1)`,
  command: `(tenant_id, person_id, client_id, name) values ({t}, {i}, {i}, 'x')`,
  processed: `(tenant_id, grp, event_id) values ({t}, 'inbox', {i})`,
};

describe('row-level security of the inbox', () => {
  let inbox: InboxFixture;
  let tables: string[];
  const insert = (table: string, tenantId: string) =>
    `insert into inbox.${table} ${fixtures[table]?.replaceAll('{t}', `'${tenantId}'`).replaceAll('{i}', 'gen_random_uuid()')}`;

  beforeAll(async () => {
    inbox = await InboxFixture.start();
    const { rows } = await inbox.testing.admin.query(
      `select relname from pg_class where relnamespace = 'inbox'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by relname`,
    );
    tables = rows.map((row) => row.relname);
    for (const table of Object.keys(fixtures)) await inbox.testing.admin.query(insert(table, inbox.tenantId));
  });
  afterAll(() => inbox.close());

  it('has a fixture for every table, and every table is forced', async () => {
    expect(Object.keys(fixtures).sort()).toEqual(tables);
    const { rows } = await inbox.testing.admin.query(
      `select relname from pg_class where relnamespace = 'inbox'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  it.each(Object.keys(fixtures))('lets its own tenant have %s, and no other see, change, remove or plant a row', async (table) => {
    const { database, tenantId, otherTenantId } = inbox;
    const count = (tx: { query: (text: string) => Promise<{ n: number }[]> }) => tx.query(`select count(*)::int as n from ${table}`);
    expect((await database.tenant(tenantId, (tx) => count(tx)))[0]?.n).toBeGreaterThan(0);
    expect(await database.tenant(otherTenantId, (tx) => count(tx))).toEqual([{ n: 0 }]);
    expect(await database.tenant(otherTenantId, (tx) => tx.execute(`update ${table} set tenant_id = tenant_id`))).toBe(0);
    expect(await database.tenant(otherTenantId, (tx) => tx.execute(`delete from ${table}`))).toBe(0);
    const planted = insert(table, tenantId).replace('inbox.contact limit', `(select '${inbox.tenantId}'::uuid as id) k limit`);
    await expect(database.tenant(otherTenantId, (tx) => tx.execute(planted))).rejects.toThrow('row-level security');
    expect(await database.tenant(tenantId, (tx) => tx.execute(`update ${table} set tenant_id = tenant_id`))).toBeGreaterThan(0);
  });

  it.each(Object.keys(fixtures))('lets a viewer change nothing in %s, and nobody read it outside a scope', async (table) => {
    const { database, tenantId } = inbox;
    await expect(database.viewer([tenantId], (tx) => tx.execute(`update ${table} set tenant_id = tenant_id`))).rejects.toThrow(
      'outside a tenant',
    );
    await expect(database.viewer([tenantId], (tx) => tx.execute(`delete from ${table}`))).rejects.toThrow('outside a tenant');
    await expect(database.system((tx) => tx.query(`select * from ${table}`))).rejects.toThrow('outside a tenant scope');
  });
});
