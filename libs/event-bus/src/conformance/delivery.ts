import { anInboundReceived, aQueueChanged, aTenantId, eventually } from '@cordboard/testing';
import { BatchRecorder, EachRecorder, Script, TailBatchRecorder, TailRecorder } from './recorders';
import type { TransportUnderTest } from './transport-under-test';

const texts = (n: number) => Array.from({ length: n }, (_, i) => `message ${i + 1}`);

/** A busy machine may take its time. */
const patience = { timeoutMs: 20_000 };

/** Everything published arrives, once in effect, in every group. */
export function deliveryConformance(transport: () => TransportUnderTest): void {
  const arrived = (group: string, count: number) =>
    eventually(async () => {
      const effects = await transport().effects(group);
      if (effects.length < count) throw new Error(`${effects.length} of ${count} events have arrived in group ${group}.`);
      return effects;
    }, patience);

  it('brings every event to every group, one at a time or in batches', async () => {
    await transport().start([BatchRecorder, EachRecorder], new Script());
    for (const text of texts(30)) await transport().publish(anInboundReceived({ text }));
    for (const group of ['batch', 'each']) expect((await arrived(group, 30)).map(({ text }) => text)).toEqual(texts(30));
  });

  it('gives a batch exactly the tenants of its events', async () => {
    await transport().start([BatchRecorder], new Script());
    await transport().publish(...[1, 2, 3].map((n) => anInboundReceived({ tenantId: aTenantId(n), text: `tenant ${n}` })));
    expect(await arrived('batch', 3)).toHaveLength(3);
  });

  it('has one effect of an event that was published twice', async () => {
    await transport().start([BatchRecorder, EachRecorder], new Script());
    const event = anInboundReceived({ text: 'twice' });
    await transport().publish(event, event);
    await transport().publish(event);
    await transport().publish(anInboundReceived({ text: 'last' }));
    for (const group of ['batch', 'each']) {
      await eventually(async () => (await transport().effects(group)).some(({ text }) => text === 'last'));
      expect((await transport().effects(group)).map(({ text }) => text)).toEqual(['twice', 'last']);
    }
  });

  it('starts a new group at the beginning', async () => {
    for (const text of texts(700)) await transport().publish(anInboundReceived({ text }));
    await transport().start([BatchRecorder], new Script());
    expect((await arrived('batch', 700)).map(({ text }) => text)).toEqual(texts(700));
  });

  it('goes on after a stop where it was, with what came in between', async () => {
    const first = await transport().start([BatchRecorder], new Script());
    await transport().publish(anInboundReceived({ text: 'before' }));
    await arrived('batch', 1);
    await first.stop();
    for (const text of texts(1200)) await transport().publish(anInboundReceived({ text }));
    const script = new Script();
    await transport().start([BatchRecorder], script);
    expect((await arrived('batch', 1201)).map(({ text }) => text)).toEqual(['before', ...texts(1200)]);
    expect(script.calls.flatMap((call) => call.texts)).not.toContain('before');
  });

  it('finishes the batch in hand when it is stopped', async () => {
    const script = new Script();
    let entered: () => void = () => undefined;
    const isIn = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    script.before.set('batch', async () => {
      entered();
      await gate;
    });
    const process = await transport().start([BatchRecorder], script);
    await transport().publish(anInboundReceived({ text: 'in hand' }));
    await isIn;
    const stopped = process.stop();
    letGo();
    await stopped;
    expect((await transport().effects('batch')).map(({ text }) => text)).toEqual(['in hand']);
  });

  it('shows a tail only what comes after it, and an error does not end it', async () => {
    await transport().publish(anInboundReceived({ text: 'too early' }));
    const script = new Script();
    await transport().start([TailRecorder], script);
    await transport().publish(anInboundReceived({ text: 'break the tail' }));
    for (const text of texts(20)) await transport().publish(anInboundReceived({ text }));
    await eventually(() => script.tail.length >= 21);
    expect(script.tail).toEqual(['break the tail', ...texts(20)]);
  });

  it('shows a tail that takes batches each event, and after an error those of its batch again, one at a time', async () => {
    const script = new Script();
    const tenantId = aTenantId();
    const aMessage = (text: string) => anInboundReceived({ tenantId, text });
    await transport().start([TailBatchRecorder], script);
    await transport().publish(...['first', 'break the tail', 'third'].map(aMessage));
    for (const text of texts(20)) await transport().publish(aMessage(text));
    await eventually(() => script.tail.at(-1) === texts(20).at(-1));
    const once = script.tail.filter((text, place) => script.tail.lastIndexOf(text) === place);
    expect(once).toEqual(['first', 'break the tail', 'third', ...texts(20)]);
  });

  it('shows every replica every event in its tail', async () => {
    const scripts = [new Script(), new Script()];
    for (const script of scripts) await transport().start([TailRecorder], script);
    for (const text of texts(20)) await transport().publish(anInboundReceived({ text }));
    for (const script of scripts) {
      await eventually(() => script.tail.length >= 20);
      expect(script.tail).toEqual(texts(20));
    }
  });

  it('keeps the newest event of each entity for new groups when the rest is old', async () => {
    const queue = aQueueChanged();
    const process = await transport().start([EachRecorder], new Script());
    await transport().publish(queue, anInboundReceived());
    await transport().publish(aQueueChanged({ ...queue.data, version: 2 }));
    await transport().publish(anInboundReceived());
    await arrived('each', 4);
    await process.stop();
    await transport().housekeep();
    expect(await transport().held()).toBe(1);
    await transport().start([BatchRecorder], new Script());
    expect((await arrived('batch', 1)).map(({ text }) => text)).toEqual(['queue 2']);
  });

  it('keeps old events that a group has not handled', async () => {
    const process = await transport().start([EachRecorder], new Script());
    await transport().publish(anInboundReceived());
    await arrived('each', 1);
    await process.stop();
    await transport().publish(anInboundReceived({ text: 'unread' }));
    await transport().housekeep();
    expect(await transport().held()).toBe(1);
  });
}
