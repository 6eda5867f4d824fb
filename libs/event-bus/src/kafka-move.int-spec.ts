import { once } from 'node:events';
import { Database, serviceRole } from '@cordboard/persistence';
import { anInboundReceived, aQueueChanged, eventually, withKafka } from '@cordboard/testing';
import { KafkaTransport } from './conformance/kafka-transport';
import { PgTransport, quiet } from './conformance/pg-transport';
import { BatchRecorder, EachRecorder, Script } from './conformance/recorders';
import { startMove } from './conformance/start-consumer';
import { enterShape } from './enter-shape';
import { MoveRefused, moveToKafka } from './kafka/move-to-kafka';
import { rehomeLetters } from './kafka/rehome';

jest.setTimeout(120_000);

const visitors = 7;
/** Group `each` stops after the first, group `batch` after the second, and nobody handles the rest before the move. */
const stops = [40, 80, 120] as const;

withKafka('moving from the PostgreSQL log to Kafka', (brokers) => {
  let before: PgTransport;
  let after: KafkaTransport | undefined;
  let options: KafkaTransport['options'];
  const script = new Script();

  beforeEach(async () => {
    before = await PgTransport.create();
    options = KafkaTransport.newTopics(brokers, 4);
    after = undefined;
    script.failures.clear();
  });
  afterEach(() => (after ?? before).close());

  const textsOf = async (group: string) => (await before.effects(group)).map(({ text }) => text);
  const publish = async (from: number, to: number) => {
    for (let i = from; i < to; i++) await before.publish(anInboundReceived({ identity: `visitor ${i % visitors}`, text: `${i}` }));
  };
  const publishOf = (identity: string, ...texts: string[]) => before.publish(...texts.map((text) => anInboundReceived({ identity, text })));
  const log = () => ({ url: before.testing.url, password: before.testing.passwordOf('bus'), logger: quiet });
  const move = async () => {
    const password = before.testing.passwordOf('bus');
    const onError = () => undefined;
    const database = new Database({ url: before.testing.url, role: serviceRole('bus'), password, name: 'bus', poolSize: 2, onError });
    return moveToKafka({ kafka: options, log: log(), database }).finally(() => database.close());
  };
  const letter = (group: string, type: 'dead' | 'retrying') =>
    eventually(
      async () =>
        (await before.deadLetters()).find((each) => each.group === group && (each.deadAt !== null) === (type === 'dead')) ?? false,
      { timeoutMs: 20_000 },
    );

  /**
   * What a running installation may be stopped with: a group behind another, a dead letter with events behind it, one that
   * was skipped, one still tried again, an event of a transaction that was open while later ones were handled, and events
   * nobody has read. The notes of handled events are gone, as they are after 8 days: only positions know them.
   */
  const standalone = async () => {
    script.failures.set('poison', Number.POSITIVE_INFINITY);
    script.failures.set('given up', Number.POSITIVE_INFINITY);
    await before.publish(aQueueChanged());
    const each = await before.start([EachRecorder], script);
    await publish(0, stops[0]);
    await publishOf('bad', 'poison', 'behind 1');
    await eventually(async () => (await textsOf('each')).length === stops[0] + 1, { timeoutMs: 20_000 });
    await letter('each', 'dead');
    await each.stop();
    const batch = await before.start([BatchRecorder], script);
    await eventually(async () => (await textsOf('batch')).length === stops[0] + 1, { timeoutMs: 20_000 });
    await letter('batch', 'dead');
    const open = await before.begin();
    await open.publish(anInboundReceived({ identity: 'slow', text: 'slow' }));
    await publish(stops[0], stops[1]);
    await publishOf('skipped', 'given up');
    await eventually(async () => (await before.deadLetters()).filter(({ group, deadAt }) => group === 'batch' && deadAt).length === 2, {
      timeoutMs: 20_000,
    });
    const skipped = (await before.deadLetters()).filter(({ key }) => key.endsWith('skipped'));
    for (const { id } of skipped) await before.skip(id);
    script.failures.set('hiccup', Number.POSITIVE_INFINITY);
    await publishOf('unlucky', 'hiccup', 'after the hiccup');
    await letter('batch', 'retrying');
    await eventually(async () => (await textsOf('batch')).length === stops[1] + 1, { timeoutMs: 20_000 });
    await batch.stop();
    await open.commit();
    await publish(stops[1], stops[2]);
    await publishOf('bad', 'behind 2');
    await before.testing.admin.query('delete from consumer.processed');
    for (const text of ['hiccup', 'given up']) script.failures.delete(text);
  };

  /** Starts the same handlers on Kafka and has them finish. */
  const distributed = async () => {
    after = await KafkaTransport.over(before, options);
    await after.start([BatchRecorder, EachRecorder], script);
    // 120 of the visitors, the queue, slow, hiccup and what came after; "given up" was skipped by one group only.
    await eventually(async () => (await textsOf('batch')).length >= stops[2] + 4, { timeoutMs: 30_000 });
    await eventually(async () => (await textsOf('each')).length >= stops[2] + 5, { timeoutMs: 30_000 });
    await eventually(async () => (await before.deadLetters()).every(({ waiting }) => waiting === 2));
    return after;
  };

  const expectAllOnceAndInOrder = async () => {
    for (const group of ['batch', 'each']) {
      const texts = await textsOf(group);
      expect(new Set(texts).size).toBe(texts.length);
      const numbers = texts.filter((text) => /^\d+$/.test(text)).map(Number);
      expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: stops[2] }, (_, i) => i));
      for (let visitor = 0; visitor < visitors; visitor++) {
        const own = numbers.filter((i) => i % visitors === visitor);
        expect(own).toEqual([...own].sort((a, b) => a - b));
      }
      expect(texts.filter((text) => text.includes('hiccup'))).toEqual(['hiccup', 'after the hiccup']);
      expect(texts.filter((text) => text === 'slow' || text === 'queue 1')).toHaveLength(2);
    }
    expect(await textsOf('batch')).not.toContain('given up');
  };

  it('has every event once and in order, and letters go on where they were', async () => {
    await standalone();
    const report = await move();
    expect(report).toEqual({ groups: 2, events: stops[2] + 8, letters: 3, parked: 3 });
    const kafka = await distributed();
    await expectAllOnceAndInOrder();
    const letters = await kafka.deadLetters();
    expect(letters.map(({ group, tries, waiting }) => ({ group, tries, waiting }))).toEqual([
      { group: 'each', tries: 5, waiting: 2 },
      { group: 'batch', tries: 5, waiting: 2 },
    ]);
    script.failures.delete('poison');
    await publishOf('bad', 'behind 3');
    for (const { id } of letters) await kafka.replay(id);
    for (const group of ['batch', 'each']) {
      await eventually(async () => (await textsOf(group)).includes('behind 3'), { timeoutMs: 20_000 });
      expect((await textsOf(group)).filter((text) => /poison|behind/.test(text))).toEqual(['poison', 'behind 1', 'behind 2', 'behind 3']);
    }
    expect(await kafka.deadLetters()).toEqual([]);
  });

  it('comes to the same when it is killed twice and run again', async () => {
    await standalone();
    for (const failpoint of ['after-publish-before-position', 'before-groups-move']) {
      const [, signal] = (await once(startMove(before, failpoint, options), 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');
    }
    expect(await move()).toEqual({ groups: 2, events: 0, letters: 3, parked: 3 });
    const kafka = await distributed();
    expect(await kafka.held()).toBeGreaterThan(stops[2] + 8);
    await expectAllOnceAndInOrder();
  });

  it('goes on in the log when it is killed, and takes what came since when it is run again', async () => {
    await publish(0, 10);
    const first = await before.start([BatchRecorder], script);
    await eventually(async () => (await textsOf('batch')).length === 10);
    await first.stop();
    await once(startMove(before, 'before-groups-move', options), 'exit');
    const second = await before.start([BatchRecorder], script);
    await publish(10, 20);
    await eventually(async () => (await textsOf('batch')).length === 20);
    await second.stop();
    expect(await move()).toMatchObject({ events: 10 });
    await before.testing.admin.query('delete from consumer.processed');
    after = await KafkaTransport.over(before, options);
    await after.start([BatchRecorder], script);
    await publish(20, 21);
    await eventually(async () => (await textsOf('batch')).includes('20'), { timeoutMs: 20_000 });
    expect(await textsOf('batch')).toHaveLength(21);
  });

  it('leaves no group in the log, and none can begin there again', async () => {
    await standalone();
    expect(await enterShape(log(), 'standalone')).toMatchObject({ shape: 'standalone' });
    await move();
    expect(await enterShape(log(), 'standalone')).toMatchObject({ shape: 'distributed' });
    const { rows } = await before.testing.admin.query('select grp from bus.position');
    expect(rows).toEqual([{ grp: expect.stringMatching(/^relay test-/) }]);
    await expect(before.testing.admin.query(`select * from bus.open_position('batch')`)).rejects.toThrow('has been moved');
  });

  it('takes failed events along to other topics, as after a restore', async () => {
    await standalone();
    await move();
    const first = await KafkaTransport.over(before, options);
    const running = await first.start([BatchRecorder, EachRecorder], script);
    await eventually(async () => (await textsOf('batch')).length === stops[2] + 4, { timeoutMs: 30_000 });
    await eventually(async () => (await textsOf('each')).length === stops[2] + 5, { timeoutMs: 30_000 });
    await running.stop();
    await first.leave();
    options = KafkaTransport.newTopics(brokers, 3);
    const database = before.testing.databaseFor('bus');
    expect(await rehomeLetters({ kafka: options, database, logger: quiet })).toEqual({ letters: 2, parked: 4 });
    expect(await rehomeLetters({ kafka: options, database, logger: quiet })).toEqual({ letters: 0, parked: 0 });
    script.failures.delete('poison');
    after = await KafkaTransport.over(before, options);
    for (const { id } of await after.deadLetters()) await after.replay(id);
    await after.start([BatchRecorder, EachRecorder], script);
    await publishOf('bad', 'behind 3');
    for (const group of ['batch', 'each']) {
      await eventually(async () => (await textsOf(group)).includes('behind 3'), { timeoutMs: 30_000 });
      expect((await textsOf(group)).filter((text) => /poison|behind/.test(text))).toEqual(['poison', 'behind 1', 'behind 2', 'behind 3']);
    }
  });

  it('refuses topics that hold what another installation has sent', async () => {
    const other = await KafkaTransport.onBrokers(brokers, 4);
    options = other.options;
    await other.publish(anInboundReceived());
    await eventually(async () => (await other.held()) === 1);
    await expect(move()).rejects.toThrow(MoveRefused);
    await other.close();
  });
});
