import type { Envelope } from '@cordboard/events';
import { anInboundReceived, eventually } from '@cordboard/testing';
import fc from 'fast-check';
import { BatchRecorder, EachRecorder, Script, TailRecorder } from './recorders';
import type { OpenTransaction, TransportUnderTest } from './transport-under-test';

/** A busy machine may take its time. */
const patience = { timeoutMs: 40_000 };

/** Nothing is skipped and the order of a key is kept, whatever writers do to each other. */
export function orderConformance(transport: () => TransportUnderTest): void {
  const textsOf = async (group: string) => (await transport().effects(group)).map(({ text }) => text);
  const arrived = (group: string, count: number) =>
    eventually(async () => {
      const effects = await transport().effects(group);
      if (effects.length < count) throw new Error(`${effects.length} of ${count} events have arrived in group ${group}.`);
      return effects;
    }, patience);

  it('skips no event of a transaction that was open while later ones committed', async () => {
    const script = new Script();
    await transport().start([BatchRecorder, TailRecorder], script);
    const slow = await transport().begin();
    await slow.publish(anInboundReceived({ identity: 'slow', text: 'slow' }));
    for (let i = 1; i <= 20; i++) await transport().publish(anInboundReceived({ identity: 'quick', text: `quick ${i}` }));
    await eventually(() => script.tail.length === 20);
    await arrived('batch', 20);
    await slow.commit();
    await eventually(() => script.tail.length === 21);
    expect((await arrived('batch', 21)).at(-1)?.text).toBe('slow');
  });

  it('does not let an open transaction hold up the others', async () => {
    const script = new Script();
    await transport().start([BatchRecorder, EachRecorder, TailRecorder], script);
    const slow = await transport().begin();
    await transport().publish(anInboundReceived({ text: 'quick' }));
    await Promise.all([arrived('batch', 1), arrived('each', 1), eventually(() => script.tail.length === 1)]);
    await slow.rollback();
  });

  it('keeps the order of a key when a transaction begins early and publishes late', async () => {
    const script = new Script();
    await transport().start([BatchRecorder, TailRecorder], script);
    const early = await transport().begin();
    await transport().publish(anInboundReceived({ text: 'first' }));
    await early.publish(anInboundReceived({ text: 'second' }));
    const third = transport().publish(anInboundReceived({ text: 'third' }));
    await arrived('batch', 1);
    await early.commit();
    await third;
    await arrived('batch', 3);
    await eventually(() => script.tail.length === 3);
    expect(await textsOf('batch')).toEqual(['first', 'second', 'third']);
    expect(script.tail).toEqual(['first', 'second', 'third']);
  });

  it('lets a later event of a key wait for the earlier one to commit', async () => {
    const script = new Script();
    await transport().start([BatchRecorder, TailRecorder], script);
    const holder = await transport().begin();
    await holder.publish(anInboundReceived({ text: 'one' }));
    let isPublished = false;
    const later = transport()
      .publish(anInboundReceived({ text: 'two' }))
      .then(() => {
        isPublished = true;
      });
    await transport().publish(anInboundReceived({ identity: 'other', text: 'other' }));
    await arrived('batch', 1);
    expect(isPublished).toBe(false);
    await holder.commit();
    await later;
    await arrived('batch', 3);
    expect(await textsOf('batch')).toEqual(['other', 'one', 'two']);
  });

  it('keeps the order of each key under eight writers at once, one at a time, in batches and in tails', async () => {
    const script = new Script();
    await transport().start([BatchRecorder, EachRecorder, TailRecorder], script);
    const writers = 8;
    const rounds = 30;
    const write = async (writer: number) => {
      for (let round = 0; round < rounds; round++) {
        const events = [0, 1].map((i) =>
          anInboundReceived({ identity: `visitor ${(round + writer * i) % 5}`, text: `${writer}/${round}/${i}` }),
        );
        await transport().publish(...events);
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const total = writers * rounds * 2;
    const batch = await arrived('batch', total);
    const each = await arrived('each', total);
    await eventually(() => script.tail.length >= total, patience);
    expect(ofOneWriterAndKey(batch)).toEqual([]);
    expect(keyed(each)).toEqual(keyed(batch));
    const keyOf = new Map(batch.map(({ text, key }) => [text, key]));
    expect(keyed(script.tail.map((text) => ({ text, key: keyOf.get(text) ?? '' })))).toEqual(keyed(batch));
  }, 90_000);

  it('delivers what was committed, once and in the order of each key, for any interleaving of writers (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(planArbitrary, { minLength: 4, maxLength: 10 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        async (plans, seed) => {
          const script = new Script();
          const process = await transport().start([BatchRecorder, TailRecorder], script);
          const before = (await textsOf('batch')).length;
          const committed = await interleave(transport(), plans, seed);
          await arrived('batch', before + committed.length);
          await eventually(() => script.tail.length === committed.length, patience);
          await process.stop();
          const effects = (await transport().effects('batch')).slice(before);
          expect(effects.map(({ eventId }) => eventId).sort()).toEqual(committed.map(({ event }) => event.id).sort());
          const byKey = keyed(effects);
          for (const [key, texts] of keyed(committed.map(({ event }) => ({ key: event.partitionkey, text: event.data.text })))) {
            expect(byKey.get(key)).toEqual(texts);
            expect(script.tail.filter((text) => texts.includes(text))).toEqual(texts);
          }
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  }, 90_000);
}

/** One writer's transaction: to which keys it publishes, and whether it commits in the end. */
const planArbitrary = fc.record({ keys: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }), commits: fc.boolean() });
type Plan = { keys: number[]; commits: boolean };
type Inbound = ReturnType<typeof anInboundReceived>;

/**
 * All transactions begin; then each publishes and ends in an order made from the seed, not waiting for the others:
 * one whose key is held by another waits inside the database. Resolves to what was committed, in the order of each
 * key, which is the order in which publishing came back.
 */
async function interleave(transport: TransportUnderTest, plans: readonly Plan[], seed: number): Promise<{ event: Inbound }[]> {
  const random = mulberry(seed);
  const open = await Promise.all(plans.map(() => transport.begin()));
  const committed: { event: Inbound }[] = [];
  const run = async (transaction: OpenTransaction, plan: Plan, number: number) => {
    const events = plan.keys.map((key) => anInboundReceived({ identity: `key ${key}`, text: `${seed}/${number}/${key}` }));
    await pause(random() * 20);
    await transaction.publish(...(events as Envelope[]));
    if (plan.commits) committed.push(...events.map((event) => ({ event })));
    await pause(random() * 20);
    await (plan.commits ? transaction.commit() : transaction.rollback());
  };
  await Promise.all(open.map((transaction, i) => run(transaction, plans[i] ?? { keys: [], commits: false }, i)));
  return committed;
}

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function keyed(events: readonly { key: string; text: string }[]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const { key, text } of events) keys.set(key, [...(keys.get(key) ?? []), text]);
  return keys;
}

/** Pairs of one writer and one key that stand in the wrong order. */
function ofOneWriterAndKey(effects: readonly { key: string; text: string }[]): string[] {
  const last = new Map<string, number>();
  return effects.flatMap(({ key, text }) => {
    const [writer = '', round = ''] = text.split('/');
    const before = last.get(`${writer} ${key}`) ?? -1;
    last.set(`${writer} ${key}`, Number(round));
    return Number(round) < before ? [text] : [];
  });
}
