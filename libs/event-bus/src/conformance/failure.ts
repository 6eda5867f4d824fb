import { OperationalError } from '@cordboard/rpc';
import { anInboundReceived, eventually } from '@cordboard/testing';
import { BatchRecorder, EachRecorder, OrderFreeRecorder, Script, TailRecorder } from './recorders';
import type { TransportUnderTest } from './transport-under-test';

/** A handler that throws, a poison message, a database that goes away, a process that dies. */
export function failureConformance(transport: () => TransportUnderTest): void {
  const textsOf = async (group: string) => (await transport().effects(group)).map(({ text }) => text);
  const theLetter = (ready: 'dead' | 'any' = 'dead') =>
    eventually(
      async () => {
        const [letter] = await transport().deadLetters();
        return letter !== undefined && (ready === 'any' || letter.deadAt !== null) && letter;
      },
      { timeoutMs: 10_000 },
    );
  /** One event of a bad key fails, two of the same key follow, and three of a good key. */
  const publishAround = async (poison: string) => {
    await transport().publish(
      anInboundReceived({ identity: 'bad', text: poison }),
      anInboundReceived({ identity: 'good', text: 'good 1' }),
      anInboundReceived({ identity: 'bad', text: 'after 1' }),
      anInboundReceived({ identity: 'good', text: 'good 2' }),
    );
    await transport().publish(
      anInboundReceived({ identity: 'bad', text: 'after 2' }),
      anInboundReceived({ identity: 'good', text: 'good 3' }),
    );
  };

  for (const [group, recorder] of [
    ['each', EachRecorder],
    ['batch', BatchRecorder],
  ] as const) {
    it(`tries a failing event again and keeps the order of its key (${group})`, async () => {
      const script = new Script();
      script.failures.set('hiccup', 3);
      await transport().start([recorder], script);
      await publishAround('hiccup');
      await eventually(async () => (await textsOf(group)).length === 6, { timeoutMs: 10_000 });
      const texts = await textsOf(group);
      expect(texts.filter((text) => text.startsWith('good'))).toEqual(['good 1', 'good 2', 'good 3']);
      expect(texts.filter((text) => !text.startsWith('good'))).toEqual(['hiccup', 'after 1', 'after 2']);
      expect(await transport().deadLetters()).toEqual([]);
    });

    it(`dead-letters a poison message, parks its key, lets the others flow, and goes on after a replay (${group})`, async () => {
      const script = new Script();
      script.failures.set('poison', Number.POSITIVE_INFINITY);
      await transport().start([recorder], script);
      await publishAround('poison');
      const letter = await theLetter();
      expect(letter).toMatchObject({ group, tries: 5, type: 'inbound.received', waiting: 2 });
      expect(letter.error).toContain('planned failure of poison');
      expect(await textsOf(group)).toEqual(['good 1', 'good 2', 'good 3']);
      script.failures.delete('poison');
      await transport().replay(letter.id);
      await eventually(async () => (await textsOf(group)).length === 6);
      await transport().publish(anInboundReceived({ identity: 'bad', text: 'free again' }));
      await eventually(async () => (await textsOf(group)).length === 7);
      expect((await textsOf(group)).slice(3)).toEqual(['poison', 'after 1', 'after 2', 'free again']);
      expect(await transport().deadLetters()).toEqual([]);
    });
  }

  it('goes on without a dead letter that is skipped', async () => {
    const script = new Script();
    script.failures.set('poison', Number.POSITIVE_INFINITY);
    await transport().start([EachRecorder], script);
    await publishAround('poison');
    await transport().skip((await theLetter()).id);
    await eventually(async () => (await textsOf('each')).length === 5);
    expect((await textsOf('each')).slice(3)).toEqual(['after 1', 'after 2']);
  });

  it('does not park the key of a handler that needs no order', async () => {
    const script = new Script();
    script.failures.set('poison', Number.POSITIVE_INFINITY);
    await transport().start([OrderFreeRecorder], script);
    await publishAround('poison');
    await theLetter();
    expect((await textsOf('free')).sort()).toEqual(['after 1', 'after 2', 'good 1', 'good 2', 'good 3']);
  });

  it('keeps a parked key parked when another process takes over', async () => {
    const script = new Script();
    script.failures.set('poison', Number.POSITIVE_INFINITY);
    const first = await transport().start([EachRecorder], script);
    await publishAround('poison');
    const letter = await theLetter();
    await first.stop();
    await transport().publish(anInboundReceived({ identity: 'bad', text: 'after 3' }));
    await transport().start([EachRecorder], new Script());
    await eventually(async () => (await transport().deadLetters())[0]?.waiting === 3);
    await transport().replay(letter.id);
    await eventually(async () => (await textsOf('each')).length === 7);
    expect((await textsOf('each')).slice(3)).toEqual(['poison', 'after 1', 'after 2', 'after 3']);
  });

  it('does not count operational errors as tries', async () => {
    const script = new Script();
    let refusals = 8;
    script.before.set('each', async () => {
      if (refusals-- > 0) throw new OperationalError('AWAY', 'planned');
    });
    await transport().start([EachRecorder], script);
    await transport().publish(anInboundReceived({ text: 'patience' }));
    await eventually(async () => (await textsOf('each')).length === 1, { timeoutMs: 15_000 });
    expect(await transport().deadLetters()).toEqual([]);
  });

  it('has the effect once when the process dies between effect and position', async () => {
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
    const first = await transport().start([BatchRecorder], script);
    await transport().publish(anInboundReceived({ text: 'once' }));
    await isIn;
    await first.kill();
    letGo();
    expect(await textsOf('batch')).toEqual([]);
    await transport().start([BatchRecorder], new Script());
    await eventually(async () => (await textsOf('batch')).length > 0);
    await transport().publish(anInboundReceived({ text: 'next' }));
    await eventually(async () => (await textsOf('batch')).length > 1);
    expect(await textsOf('batch')).toEqual(['once', 'next']);
  });

  it('lets one process work for a group, and another take over when it dies', async () => {
    const scripts = [new Script(), new Script()];
    const [first] = [
      await transport().start([BatchRecorder], scripts[0] ?? {}),
      await transport().start([BatchRecorder], scripts[1] ?? {}),
    ];
    for (let i = 1; i <= 20; i++) await transport().publish(anInboundReceived({ text: `${i}` }));
    await eventually(async () => (await textsOf('batch')).length === 20);
    expect(scripts[1]?.calls).toEqual([]);
    await first?.kill();
    for (let i = 21; i <= 40; i++) await transport().publish(anInboundReceived({ text: `${i}` }));
    await eventually(async () => (await textsOf('batch')).length === 40, { timeoutMs: 10_000 });
    expect(await textsOf('batch')).toEqual(Array.from({ length: 40 }, (_, i) => `${i + 1}`));
  });

  it('does not let a slow group delay another group or a tail', async () => {
    const script = new Script();
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    script.before.set('each', () => gate);
    await transport().start([EachRecorder, BatchRecorder, TailRecorder], script);
    const events = Array.from({ length: 3000 }, (_, i) => anInboundReceived({ identity: `visitor ${i % 50}`, text: `${i}` }));
    for (let i = 0; i < events.length; i += 100) await transport().publish(...events.slice(i, i + 100));
    await eventually(async () => (await transport().effects('batch')).length === 3000, { timeoutMs: 15_000 });
    await eventually(() => script.tail.length === 3000);
    expect(await transport().effects('each')).toEqual([]);
    letGo();
    await eventually(async () => (await transport().effects('each')).length === 3000, { timeoutMs: 20_000, everyMs: 100 });
    expect(await textsOf('each')).toEqual(events.map((event) => event.data.text));
  }, 60_000);
}
