import { anInboundReceived, eventually } from '@cordboard/testing';
import { PgTransport } from './conformance/pg-transport';
import { BatchRecorder, EachRecorder, Script } from './conformance/recorders';

/** Makes the database look as if it came from a server whose transaction ids were a billion ahead. */
const comeFromAnotherServer = `
  update bus.log set xid = (xid::text::bigint + 1000000000)::text::xid8;
  update bus.position set done = format('%s:%s:',
    pg_snapshot_xmax(done)::text::bigint + 1000000000, pg_snapshot_xmax(done)::text::bigint + 1000000000)::pg_snapshot;
  update bus.epoch set system_identifier = 1;
`;

describe('a restored database', () => {
  it('delivers what was not handled before, then everything new, and nothing again', async () => {
    const transport = await PgTransport.create();
    const texts = async (group: string) => (await transport.effects(group)).map(({ text }) => text);
    const first = await transport.start([BatchRecorder], new Script());
    await transport.publish(anInboundReceived({ text: 'handled' }));
    await eventually(async () => (await texts('batch')).length === 1);
    await first.stop();
    await transport.publish(anInboundReceived({ text: 'missed' }));
    await transport.testing.admin.query(comeFromAnotherServer);

    await transport.publish(anInboundReceived({ text: 'appended before anybody reads' }));
    const script = new Script();
    await transport.start([BatchRecorder, EachRecorder], script);
    await transport.publish(anInboundReceived({ text: 'new' }));
    await eventually(async () => (await texts('batch')).length === 4 && (await texts('each')).length === 4);
    const all = ['handled', 'missed', 'appended before anybody reads', 'new'];
    expect(await texts('batch')).toEqual(all);
    expect(await texts('each')).toEqual(all);
    expect(script.calls.filter((call) => call.group === 'batch').flatMap((call) => call.texts)).toEqual(all.slice(1));
    await transport.close();
  });

  it('begins an epoch when transaction ids have gone back on the same server', async () => {
    const transport = await PgTransport.create();
    await transport.publish(anInboundReceived({ text: 'before' }));
    await transport.testing.admin.query(`update bus.log set xid = '8000000000000'::xid8`);
    await transport.start([BatchRecorder], new Script());
    await transport.publish(anInboundReceived({ text: 'after' }));
    await eventually(async () => (await transport.effects('batch')).length === 2);
    const { rows } = await transport.testing.admin.query('select epoch from bus.log order by id');
    expect(rows).toEqual([{ epoch: 1 }, { epoch: 2 }]);
    await transport.close();
  });
});
