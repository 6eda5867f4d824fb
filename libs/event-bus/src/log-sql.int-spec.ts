import { anInboundReceived, aTenantId, type TestDatabase, testDatabase } from '@cordboard/testing';
import { appendStatement } from './conformance/append';
import { consumerMigrations, PgTransport } from './conformance/pg-transport';
import { newRows, pageRows, readerSettings, waitingRows } from './log-sql';
import { busMigrations } from './migrations';
import { beginning } from './position';

describe('the log in PostgreSQL', () => {
  let transport: PgTransport;
  let testing: TestDatabase;
  beforeAll(async () => {
    transport = await PgTransport.create();
    testing = transport.testing;
  });
  afterAll(() => transport.close());

  it.each(['empty', 'filled', 'analysed'])('reads by index ranges only, whatever the statistics say (%s)', async (state) => {
    if (state === 'filled') for (let i = 0; i < 5; i++) await transport.publish(...Array.from({ length: 200 }, () => anInboundReceived()));
    if (state === 'analysed') await testing.admin.query('analyze bus.log');
    const explain = async (sql: string) => {
      const { rows } = await testing.admin.query(`explain (generic_plan) ${sql}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    for (const cost of ['min_parallel_index_scan_size', 'parallel_setup_cost', 'parallel_tuple_cost'])
      await testing.admin.query(`set ${cost} = 0`);
    for (const setting of readerSettings) await testing.admin.query(`set ${setting}`);
    const params = {
      epoch: '$1::int',
      done: '$2::pg_snapshot',
      target: '$5::pg_snapshot',
      after: '$6::bigint',
      wanted: '$3::text[]',
      atMost: '$4::int',
    };
    const read = await explain(newRows(params));
    expect(read).toMatch(/Index Scan using log_xid .*\n\s+Index Cond: \(\(epoch = \$1\) AND \(xid >= pg_snapshot_xmax\(\$2\)\)\)/);
    expect(read).toMatch(/Index Scan using log_xid .*\n\s+Index Cond: \(\(epoch = \$1\) AND \(xid = ANY/);
    expect(read).not.toMatch(/Seq Scan|Gather/);
    const page = await explain(pageRows(params));
    expect(page).toMatch(/Index Scan using log_pkey .*\n\s+Index Cond: \(id > \$6\)/);
    expect(page).not.toContain('Sort');
    const waiting = await explain(waitingRows({ ...params, atMost: '10000' }));
    expect(waiting).toMatch(/Index Scan using log_xid .*\n\s+Index Cond: \(\(epoch = \$1\) AND \(xid >= pg_snapshot_xmax\(\$2\)\)\)/);
    expect(waiting).not.toContain('Sort');
    await testing.admin.query('reset all');
  });

  it('compares transaction ids as numbers: 999 comes before 1000', async () => {
    await testing.admin.query(
      `insert into bus.log (epoch, xid, topic, tenant_id, event_id, key, type, body)
       select 77, x.xid::xid8, 'inbound.v1', $1, gen_random_uuid(), 'k', 'inbound.received', '{}' from (values ('1000'), ('999')) x(xid)`,
      [aTenantId()],
    );
    const read = (done: string) => testing.admin.query('select id from bus.read_new(77, $1, $2, 10)', [done, []]);
    expect((await read(beginning)).rows).toHaveLength(2);
    expect((await read('1000:1000:')).rows).toHaveLength(1);
    expect((await read('999:1000:999')).rows).toHaveLength(2);
    await testing.admin.query('delete from bus.log where epoch = 77');
  });

  it('lets a service publish and read nothing', async () => {
    const service = await transport.writer();
    const denied = (text: string) => expect(service.query(text)).rejects.toThrow('permission denied');
    for (const table of ['log', 'position', 'entity', 'epoch', 'dead_letter', 'parked_event', 'partition']) {
      await denied(`select * from bus.${table}`);
      await denied(`delete from bus.${table}`);
    }
    await denied(
      `insert into bus.log (epoch, topic, tenant_id, event_id, key, type, body) values (1, 'x', '${aTenantId()}', '${aTenantId()}', 'k', 't', '{}')`,
    );
    await denied(`update bus.log set body = '{}'`);
    await denied(`select * from bus.read_new(1, '1:1:', '{}', 10)`);
    await denied(`select * from bus.sweep(0, 10, '1 day')`);
    await service.query(appendStatement([anInboundReceived()]));
    await service.end();
  });

  it('refuses to publish at any other isolation than READ COMMITTED', async () => {
    const service = await transport.writer();
    for (const level of ['repeatable read', 'serializable']) {
      await service.query(`begin isolation level ${level}`);
      await expect(service.query(appendStatement([anInboundReceived()]))).rejects.toThrow('READ COMMITTED');
      await service.query('rollback');
    }
    await service.end();
  });

  it('refuses a position that another process has moved', async () => {
    const service = await transport.writer();
    await testing.admin.query(`select bus.open_position('fence')`);
    const advance = `select bus.advance('fence', 0, 1, '1:1:', null, null)`;
    await service.query(advance);
    await expect(service.query(advance)).rejects.toMatchObject({ code: 'CB001' });
    await service.end();
    await testing.admin.query(`select bus.forget_group('fence')`);
  });

  it('begins an epoch when the data stands on another server', async () => {
    const restored = await testDatabase({ schemas: [busMigrations, consumerMigrations] });
    await restored.admin.query('update bus.epoch set system_identifier = 1');
    const epochs = async () => (await restored.admin.query('select bus.enter_epoch() as epoch')).rows[0].epoch;
    expect(await epochs()).toBe(2);
    expect(await epochs()).toBe(2);
    await restored.close();
  });
});
