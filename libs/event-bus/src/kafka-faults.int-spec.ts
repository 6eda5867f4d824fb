import { once } from 'node:events';
import { anInboundReceived, eventually, withKafka } from '@cordboard/testing';
import { KafkaTransport } from './conformance/kafka-transport';
import { quiet } from './conformance/pg-transport';
import { BatchRecorder, EachRecorder, Script, TailRecorder } from './conformance/recorders';
import { startConsumer } from './conformance/start-consumer';
import { KafkaRelay } from './kafka/kafka-relay';

jest.setTimeout(120_000);

withKafka('Kafka under faults', (brokers) => {
  let transport: KafkaTransport;
  beforeEach(async () => {
    transport = await KafkaTransport.onBrokers(brokers, 4);
  });
  afterEach(() => transport.close());

  const textsOf = async (group: string) => (await transport.effects(group)).map(({ text }) => text);
  const publish = async (from: number, to: number) => {
    for (let i = from; i < to; i++) await transport.publish(anInboundReceived({ identity: `visitor ${i % 7}`, text: `${i}` }));
  };
  /** Each of the first `total` messages once, those of a visitor in order. */
  const expectEach = async (group: string, total: number) => {
    await eventually(async () => (await textsOf(group)).length >= total, { timeoutMs: 60_000, everyMs: 50 });
    const texts = await textsOf(group);
    expect([...texts].sort()).toEqual(Array.from({ length: total }, (_, i) => `${i}`).sort());
    for (let visitor = 0; visitor < 7; visitor++) {
      const own = texts.map(Number).filter((i) => i % 7 === visitor);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  };

  it('has each effect once when its process is killed between effect and position', async () => {
    await publish(0, 40);
    const first = startConsumer(transport, 'after-effect-before-position', transport.options);
    const [, signal] = (await once(first, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const second = startConsumer(transport, '', transport.options);
    for (const group of ['batch', 'each']) await expectEach(group, 40);
    second.kill('SIGKILL');
    await once(second, 'exit');
  });

  it('refuses what a process commits that slept through the loss of its partition', async () => {
    const sleeper = new Script();
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await transport.start([EachRecorder], sleeper);
    await transport.publish(anInboundReceived({ text: 'before' }));
    await eventually(async () => (await textsOf('each')).length === 1);
    sleeper.before.set('each', () => asleep);
    await transport.publish(anInboundReceived({ text: 'in its sleep' }));
    await eventually(() => sleeper.calls.length === 2);
    await transport.testing.admin.query(
      `select bus.open_partition(grp, cluster, origin, 0) from bus.partition where grp = 'each' and next_offset > 0`,
    );
    wake();
    await transport.publish(anInboundReceived({ text: 'after' }));
    await eventually(async () => (await textsOf('each')).length === 3, { timeoutMs: 10_000 });
    expect(await textsOf('each')).toEqual(['before', 'in its sleep', 'after']);
    expect(sleeper.calls.filter(({ texts }) => texts.includes('in its sleep')).length).toBe(2);
  });

  it('shares the partitions among processes and hands them over while messages flow', async () => {
    const scripts = [new Script(), new Script()];
    const first = await transport.start([BatchRecorder, EachRecorder], scripts[0] ?? {});
    const flowing = publish(0, 400);
    const second = await transport.start([BatchRecorder, EachRecorder], scripts[1] ?? {});
    await flowing;
    await eventually(() => (scripts[1]?.calls.length ?? 0) > 0, { timeoutMs: 20_000 });
    const more = publish(400, 600);
    await first.stop();
    await more;
    for (const group of ['batch', 'each']) await expectEach(group, 600);
    expect(await transport.deadLetters()).toEqual([]);
    await second.stop();
  });

  it('has one relay at a time, and another goes on where the first was cut off', async () => {
    const script = new Script();
    await transport.start([EachRecorder, TailRecorder], script);
    const reader = transport.reader('second relay');
    const relay = new KafkaRelay({ kafka: transport.options, reader, database: transport.testing.databaseFor('bus'), logger: quiet });
    await relay.start();
    await publish(0, 50);
    await eventually(() => script.tail.length === 50);
    const flowing = publish(50, 150);
    await transport.cut('relay');
    await flowing;
    await expectEach('each', 150);
    expect(new Set(script.tail).size).toBe(150);
    await relay.stop();
    await reader.stop();
  });

  it('has each effect once when the relay sends again what it could not note as sent', async () => {
    await transport.start([BatchRecorder, EachRecorder], new Script());
    for (let round = 0; round < 5; round++) {
      await transport.testing.admin.query(`update bus.position set version = version + 1 where grp like 'relay %'`);
      await publish(round * 20, round * 20 + 20);
    }
    for (const group of ['batch', 'each']) await expectEach(group, 100);
    expect(await transport.held()).toBeGreaterThan(100);
  });
});
