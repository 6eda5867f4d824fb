import { type SchemaMigrations, tenantTable } from '@cordboard/persistence';
import { Client } from 'pg';
import { testDatabase } from './test-database';

const shop: SchemaMigrations = {
  schema: 'shop',
  migrations: [{ id: '1-create-shoe', up: `create table shop.shoe (tenant_id uuid, id int); ${tenantTable('shop', 'shoe')}` }],
};
const tenant = '00000000-0000-7000-8000-000000000001';

describe('a test database', () => {
  it('has the schemas, and the service sees only its tenant', async () => {
    const testing = await testDatabase({ schemas: [shop] });
    const database = testing.databaseFor('shop');
    await database.tenant(tenant, (tx) => tx.execute('insert into shoe values ($1, 1)', [tenant]));
    expect(await database.viewer([], (tx) => tx.query('select * from shoe'))).toEqual([]);
    expect((await testing.admin.query('select id from shop.shoe')).rows).toEqual([{ id: 1 }]);
    await testing.close();
  });

  it('is empty again for the next', async () => {
    const testing = await testDatabase({ schemas: [shop] });
    expect((await testing.admin.query('select id from shop.shoe')).rows).toEqual([]);
    await testing.close();
  });

  it('fails when a connection is left behind', async () => {
    const testing = await testDatabase({ schemas: [shop] });
    const url = new URL(testing.url);
    url.username = 'tester';
    url.password = 'tester';
    const forgotten = new Client({ connectionString: url.toString(), application_name: 'forgotten' });
    forgotten.on('error', () => undefined);
    await forgotten.connect();
    await expect(testing.close()).rejects.toThrow('forgotten');
  });

  it('fails when a timer is left behind', async () => {
    const testing = await testDatabase({ schemas: [shop] });
    const forgotten = Array.from({ length: 9 }, () => setInterval(() => undefined, 60_000));
    await expect(testing.close()).rejects.toThrow('timer(s) running');
    forgotten.forEach(clearInterval);
  });
});
