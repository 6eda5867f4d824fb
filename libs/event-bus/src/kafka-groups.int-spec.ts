import type { Database } from '@cordboard/persistence';
import { anInboundReceived, eventually, withKafka } from '@cordboard/testing';
import { KafkaTransport } from './conformance/kafka-transport';
import { quiet } from './conformance/pg-transport';
import { BatchRecorder, EachRecorder, Script } from './conformance/recorders';
import { groupStates } from './group-states';

withKafka('the state of groups on Kafka', (brokers) => {
  let transport: KafkaTransport;
  let database: Database;
  beforeEach(async () => {
    transport = await KafkaTransport.onBrokers(brokers, 4);
    database = transport.testing.databaseFor('bus');
  });
  afterEach(() => transport.close());

  const state = async (group: string) => {
    const found = (await groupStates(database, transport.options, quiet)).find((each) => each.group === group);
    if (!found) throw new Error(`Group ${group} is not listed.`);
    return found;
  };
  const publish = (...texts: string[]) => transport.publish(...texts.map((text) => anInboundReceived({ identity: text, text })));

  it('tells how far a group is behind that nobody works for, by events and age', async () => {
    const process = await transport.start([EachRecorder], new Script());
    await publish('one', 'two', 'three');
    await eventually(async () => (await state('each')).lagEvents === 0 && (await transport.effects('each')).length === 3);
    expect(await state('each')).toMatchObject({ transport: 'kafka', lagMs: 0 });
    await process.stop();
    await publish('four', 'five');
    await eventually(async () => (await state('each')).lagEvents === 2);
    const ages: number[] = [];
    await eventually(async () => ages.push((await state('each')).lagMs) && (ages.at(-1) ?? 0) >= 2000, { timeoutMs: 10_000, everyMs: 200 });
    expect(ages.filter(Number.isNaN)).toEqual([]);
    expect((await state('each')).lagMs).toBeLessThan(20_000);
    await eventually(() => transport.stats().groups.each?.lagEvents === 2, { timeoutMs: 20_000 });
    await transport.start([EachRecorder], new Script());
    await eventually(async () => (await state('each')).lagEvents === 0, { timeoutMs: 20_000 });
  });

  it('counts what a group has set aside, group by group', async () => {
    const script = new Script();
    script.failures.set('poison', Number.POSITIVE_INFINITY);
    await transport.start([EachRecorder, BatchRecorder], script);
    const texts = ['poison', 'behind it', 'and this'];
    await transport.publish(...texts.map((text) => anInboundReceived({ text })));
    await eventually(async () => (await state('each')).deadLetters === 1 && (await state('batch')).deadLetters === 1, {
      timeoutMs: 20_000,
    });
    expect(await state('each')).toMatchObject({ retrying: 0, parkedEvents: 2, lagEvents: 0 });
    await eventually(() => transport.stats().groups.batch?.parkedEvents === 2, { timeoutMs: 20_000 });
  });

  it('does not know how far groups are whose brokers do not answer', async () => {
    await transport.start([EachRecorder], new Script());
    await eventually(async () => (await state('each')).lagEvents === 0, { timeoutMs: 20_000 });
    const states = await groupStates(database, { ...transport.options, brokers: ['127.0.0.1:1'] }, quiet);
    expect(states.find(({ group }) => group === 'each')).toMatchObject({ lagEvents: Number.NaN, deadLetters: 0 });
  });
});
