import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@cordboard/persistence';
import { anInboundReceived, eventually } from '@cordboard/testing';
import { PgTransport } from './conformance/pg-transport';
import { BatchRecorder, EachRecorder, Script, TailRecorder } from './conformance/recorders';
import { startConsumer } from './conformance/start-consumer';

jest.setTimeout(120_000);

/** Faults that need a server of their own: what one test does to it, another file would feel. */
describe('the PostgreSQL log under faults', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let transport: PgTransport;
  const start = (port?: number) =>
    startEmbeddedPostgres({
      dataDir: join(folder, 'data'),
      superuser: 'tester',
      password: 'tester',
      durable: false,
      settings: ['synchronous_commit=on'],
      ...(port ? { port } : {}),
    });

  beforeEach(async () => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'cordboard-faults-'));
    chmodSync(folder, 0o755);
    server = await start();
    transport = await PgTransport.create({ url: server.url, superuser: 'tester', password: 'tester' });
  });
  afterEach(async () => {
    await transport.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = async (group: string) => (await transport.effects(group)).length;

  it('skips nothing and stalls nobody while a transaction is open for long beside four writers, and shows its age', async () => {
    const script = new Script();
    await transport.start([BatchRecorder, TailRecorder], script);
    const watcher = transport.reader('watcher');
    await watcher.start();
    const slow = await transport.begin();
    await slow.publish(anInboundReceived({ identity: 'slow', text: 'slow' }));
    const delays: number[] = [];
    let isOpen = true;
    let sent = 0;
    const write = async (writer: number) => {
      while (isOpen) {
        await transport.publish(anInboundReceived({ identity: `writer ${writer}`, text: `${performance.now()}` }));
        sent++;
      }
    };
    script.before.set('batch', async (events) => {
      for (const event of events) delays.push(performance.now() - Number((event.data as { text: string }).text));
    });
    const writers = [1, 2, 3, 4].map(write);
    await eventually(() => watcher.stats().horizonAgeMs > 3000, { timeoutMs: 20_000 });
    isOpen = false;
    await Promise.all(writers);
    await eventually(async () => (await count('batch')) === sent && script.tail.length === sent);
    expect(sent).toBeGreaterThan(100);
    expect(Math.max(...delays)).toBeLessThan(1500);
    await slow.commit();
    await eventually(async () => (await count('batch')) === sent + 1 && script.tail.at(-1) === 'slow', { timeoutMs: 1000 });
    await watcher.stop();
  });

  it('has each effect once while its process is killed between effect and position', async () => {
    const total = 120;
    const identities = 7;
    let kills = 0;
    let child: ChildProcess | undefined;
    let isOver = false;
    const keepAlive = (): void => {
      child = startConsumer(transport, 'after-effect-before-position:0.05');
      child.once('exit', (_, signal) => {
        if (signal === 'SIGKILL') kills++;
        if (!isOver) keepAlive();
      });
    };
    keepAlive();
    const sent: string[] = [];
    for (let i = 0; i < total; i++) {
      const text = `${i}`;
      sent.push(text);
      await transport.publish(anInboundReceived({ identity: `visitor ${i % identities}`, text }));
    }
    await eventually(async () => (await count('batch')) >= total && (await count('each')) >= total, { timeoutMs: 90_000, everyMs: 100 });
    isOver = true;
    child?.kill('SIGKILL');
    for (const group of ['batch', 'each']) {
      const texts = (await transport.effects(group)).map(({ text }) => text);
      expect([...texts].sort()).toEqual([...sent].sort());
      for (let visitor = 0; visitor < identities; visitor++) {
        const own = (text: string) => Number(text) % identities === visitor;
        expect(texts.filter(own)).toEqual(sent.filter(own));
      }
    }
    expect(kills).toBeGreaterThan(0);
  });

  it('refuses what a process commits that slept through the loss of its group', async () => {
    const sleeper = new Script();
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const scripts = [sleeper, new Script()];
    await transport.start([EachRecorder], sleeper);
    await transport.publish(anInboundReceived({ text: 'before' }));
    await eventually(async () => (await count('each')) === 1);
    sleeper.before.set('each', () => asleep);
    await transport.publish(anInboundReceived({ text: 'in its sleep' }));
    await eventually(() => sleeper.calls.length === 2);
    await transport.cut('process 1 reader');
    await transport.testing.admin.query(`update bus.position set version = version + 1 where grp = 'each'`);
    wake();
    await transport.start([EachRecorder], scripts[1] ?? {});
    await transport.publish(anInboundReceived({ text: 'after' }));
    await eventually(async () => (await count('each')) === 3);
    expect((await transport.effects('each')).map(({ text }) => text)).toEqual(['before', 'in its sleep', 'after']);
    expect(scripts.flatMap((script) => script.calls).filter((call) => call.texts.includes('in its sleep')).length).toBe(2);
  });

  it('takes over from a process that sleeps', async () => {
    const sleeper = startConsumer(transport, '');
    const ended = once(sleeper, 'exit');
    try {
      await transport.publish(anInboundReceived({ text: 'awake' }));
      await eventually(async () => (await count('batch')) === 1 && (await count('each')) === 1, { timeoutMs: 20_000 });
      await transport.start([BatchRecorder, EachRecorder], new Script());
      sleeper.kill('SIGSTOP');
      await transport.publish(anInboundReceived({ text: 'asleep' }));
      await eventually(async () => (await count('batch')) === 2 && (await count('each')) === 2, { timeoutMs: 10_000 });
      sleeper.kill('SIGCONT');
      await transport.publish(anInboundReceived({ text: 'awake again' }));
      await eventually(async () => (await count('batch')) === 3 && (await count('each')) === 3);
    } finally {
      sleeper.kill('SIGKILL');
      await ended;
    }
  });

  it('recovers when PostgreSQL is killed and comes back', async () => {
    const script = new Script();
    await transport.start([BatchRecorder, EachRecorder, TailRecorder], script);
    const port = Number(new URL(server.url).port);
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 30; i++) {
        const text = `${round}/${i}`;
        await transport.publish(anInboundReceived({ text }));
        acknowledged.push(text);
      }
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      await expect(transport.publish(anInboundReceived({ text: 'never' }))).rejects.toThrow();
      server = await start(port);
    }
    await transport.reconnect(server);
    await eventually(async () => (await count('batch')) === 90 && (await count('each')) === 90 && script.tail.length >= 90, {
      timeoutMs: 20_000,
    });
    for (const group of ['batch', 'each']) expect((await transport.effects(group)).map(({ text }) => text)).toEqual(acknowledged);
    expect(script.tail).toEqual(acknowledged);
  });
});
