import { randomUUID } from 'node:crypto';
import { eventually, type TestDatabase, testDatabase } from '@cordboard/testing';
import { commandTable } from './command';
import { CommandSweep, type CommandSweepOptions } from './command-sweep';

const keeper = { schema: 'keeper', migrations: [{ id: '1-create-command', up: commandTable('keeper') }] };
const tooOld = '7 days 1 minute';
const young = '6 days 23 hours';

describe('the sweep of the command table', () => {
  const [clinic, shop] = [randomUUID(), randomUUID()];
  let testing: TestDatabase;
  let errors: unknown[];
  let sweep: CommandSweep;

  beforeAll(async () => {
    testing = await testDatabase({ schemas: [keeper] });
  });
  beforeEach(async () => {
    errors = [];
    await testing.admin.query('truncate keeper.command');
  });
  afterEach(() => sweep.stop());
  afterAll(() => testing.close());

  const open = (options: Partial<CommandSweepOptions> = {}) => {
    const database = testing.databaseFor('keeper', { poolSize: 1 });
    sweep = new CommandSweep({ database, onError: (error) => errors.push(error), ...options });
  };
  const keep = (tenantId: string, age: string, count: number) =>
    testing.admin.query(
      `insert into keeper.command (tenant_id, person_id, client_id, name, result, created_at)
       select $1, gen_random_uuid(), gen_random_uuid(), $2::text, '{}', now() - $2::text::interval from generate_series(1, $3)`,
      [tenantId, age, count],
    );
  const kept = async () =>
    (await testing.admin.query('select tenant_id as "tenantId", name as age, count(*)::int as n from keeper.command group by 1, 2')).rows;

  it('deletes what is older than 7 days, however much, and nothing younger, of every tenant', async () => {
    await keep(clinic, tooOld, 2500);
    await keep(clinic, young, 2);
    await keep(shop, tooOld, 3);
    await keep(shop, young, 1);
    open();
    await sweep.sweep();
    const left = await kept();
    expect(left).toHaveLength(2);
    expect(left).toEqual(
      expect.arrayContaining([
        { tenantId: clinic, age: young, n: 2 },
        { tenantId: shop, age: young, n: 1 },
      ]),
    );
  });

  it('is tried again when it has failed', async () => {
    await keep(clinic, tooOld, 1);
    await testing.admin.query('alter function keeper.sweep_command(int) rename to away');
    open({ firstWithinMs: 0, everyMs: 10 });
    sweep.start();
    await eventually(() => errors.length > 1);
    await testing.admin.query('alter function keeper.away(int) rename to sweep_command');
    await eventually(async () => (await kept()).length === 0);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('sweep_command') });
  });

  it('finishes the thousand in hand when it is stopped, and begins no other', async () => {
    await keep(clinic, tooOld, 2500);
    await testing.admin.query('begin; lock table keeper.command in share mode');
    open({ firstWithinMs: 0 });
    sweep.start();
    await eventually(async () => {
      const { rows } = await testing.admin.query(`select from pg_locks where not granted and relation = 'keeper.command'::regclass`);
      return rows.length === 1;
    });
    const stopped = sweep.stop();
    await testing.admin.query('commit');
    await stopped;
    expect(await kept()).toEqual([{ tenantId: clinic, age: tooOld, n: 1500 }]);
    expect(errors).toEqual([]);
  });

  it('need not be waited for when it is stopped between two sweeps', async () => {
    open({ firstWithinMs: 600_000 });
    sweep.start();
    await sweep.stop();
    expect(errors).toEqual([]);
  });
});
