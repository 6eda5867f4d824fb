import { type TestDatabase, testDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import type { SchemaMigrations } from './migrate';

const counter: SchemaMigrations = {
  schema: 'counter',
  migrations: [
    {
      id: '1-create-counter',
      up: `create table counter.counter (id int primary key, n int not null); insert into counter.counter values (1, 0), (2, 0);
        grant select, update on counter.counter to cordboard_counter;`,
    },
  ],
};

describe('statements sent together', () => {
  let testing: TestDatabase;
  beforeAll(async () => {
    testing = await testDatabase({ schemas: [counter] });
  });
  afterAll(() => testing.close());

  it('fail with what went wrong, not with what followed from it', async () => {
    const outcome = testing.databaseFor('counter').system((tx) => {
      const first = (async () => (await tx.query('select 1 / 0 as wrong'))[0])();
      return Promise.all([first, tx.query('select 2')]);
    });
    await expect(outcome).rejects.toMatchObject({ code: '22012' });
  });

  it('are run again after a deadlock, whichever of them hears of it first', async () => {
    const other = new Client({ connectionString: addressOf(testing), application_name: 'other' });
    await other.connect();
    const bump = (id: number) => `update counter set n = n + 1 where id = ${id}`;
    await other.query(`set deadlock_timeout = '10s'; begin; ${bump(2).replace('counter', 'counter.counter')}`);
    let attempts = 0;
    const done = testing.databaseFor('counter').system(async (tx) => {
      attempts += 1;
      await tx.execute(bump(1));
      if (attempts === 1) void other.query(bump(1).replace('counter', 'counter.counter')).then(() => other.query('commit'));
      const second = (async () => (await tx.query(bump(2)))[0])();
      await Promise.all([second, tx.query('select 2')]);
    });
    await done;
    await other.end();
    expect(attempts).toBe(2);
    expect((await testing.admin.query('select n from counter.counter order by id')).rows).toEqual([{ n: 2 }, { n: 2 }]);
  });
});

function addressOf({ url }: TestDatabase): string {
  const address = new URL(url);
  address.username = 'tester';
  address.password = 'tester';
  return address.toString();
}
