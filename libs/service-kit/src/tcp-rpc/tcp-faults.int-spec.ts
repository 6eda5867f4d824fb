import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { OperationalError } from '@cordboard/rpc';
import { eventually } from '@cordboard/testing';
import pino from 'pino';
import { parlourCalls } from '../rpc-contract/parlour';
import { longestFrame } from './rpc-socket';
import { silent, TcpParlour } from './tcp-parlour';
import { TcpRpcClient } from './tcp-rpc-client';
import { TcpRpcServer } from './tcp-rpc-server';

const { knock, recite, wait, waitBriefly } = parlourCalls;

describe('calls over TCP when something breaks', () => {
  const clients: TcpRpcClient[] = [];
  const parlours: TcpParlour[] = [];
  const mutes: (() => Promise<void>)[] = [];
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });

  const aParlour = async (options: { port?: number; name?: string } = {}) => {
    const parlour = await TcpParlour.open({ ...options, log });
    parlours.push(parlour);
    return parlour;
  };
  const aClient = (...addresses: string[]) => {
    const client = new TcpRpcClient({ peers: { parlour: addresses }, log: silent });
    clients.push(client);
    return client;
  };
  /** A port on which the kernel accepts and nobody speaks. */
  const aMute = async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const kill = async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    };
    mutes.push(kill);
    return { port, sockets, kill };
  };
  const elapsed = async (work: Promise<unknown>) => {
    const startedMs = performance.now();
    await work;
    return performance.now() - startedMs;
  };

  beforeEach(() => logged.splice(0));
  afterEach(async () => {
    for (const { parlour } of parlours) parlour.letGo();
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(mutes.splice(0).map((kill) => kill()));
    await Promise.all(parlours.splice(0).map((parlour) => parlour.stop()));
  });

  it('rejects at once what was under way when the service died, and goes on when it is back', async () => {
    const parlour = await aParlour();
    const { port } = parlour;
    const client = aClient(parlour.address);
    const underWay = client.call(wait, null, {});
    await eventually(() => parlour.parlour.waiting === 1);
    const rejected = expect(underWay).rejects.toMatchObject({ code: 'SERVICE_AWAY', kind: 'operational' });
    expect(await elapsed(Promise.all([parlour.kill(), rejected]))).toBeLessThan(500);
    await expect(client.ready()).rejects.toThrow('parlour');
    await aParlour({ port, name: 'the new one' });
    expect(await client.call({ ...knock, deadlineMs: 2000 }, null, {})).toEqual({ at: 'the new one' });
  });

  it('lets a call wait for the service within its deadline, then says that it is away', async () => {
    const { port, kill } = await aMute();
    const client = aClient(`127.0.0.1:${port}`);
    await kill();
    const early = client.call({ ...knock, deadlineMs: 300 }, null, {});
    await expect(early).rejects.toMatchObject({ code: 'SERVICE_AWAY', retryAfterMs: expect.any(Number) });
    await expect(early).rejects.toBeInstanceOf(OperationalError);
    const patient = client.call(knock, null, {});
    await aParlour({ port });
    expect(await patient).toEqual({ at: 'one' });
  });

  it('is back within two seconds, however long the service was away', async () => {
    const { port, sockets, kill } = await aMute();
    const client = aClient(`127.0.0.1:${port}`);
    const hangUp = setInterval(() => sockets.map((socket) => socket.destroy()), 5);
    await eventually(() => sockets.length === 7, { timeoutMs: 15_000 });
    clearInterval(hangUp);
    await kill();
    await aParlour({ port });
    expect(await client.call({ ...knock, deadlineMs: 2500 }, null, {})).toEqual({ at: 'one' });
  });

  it('opens a new connection when one has gone silent', async () => {
    const parlour = await aParlour();
    const client = aClient(parlour.address);
    await expect(client.call(waitBriefly, null, {})).rejects.toMatchObject({ code: 'DEADLINE' });
    await eventually(() => parlour.accepted === 2);
    expect(await client.call(knock, null, {})).toEqual({ at: 'one' });
    await eventually(() => parlour.sockets.size === 1);
  });

  it('keeps a connection on which other answers come while one is late', async () => {
    const parlour = await aParlour();
    const client = aClient(parlour.address);
    const late = expect(client.call(waitBriefly, null, {})).rejects.toMatchObject({ code: 'DEADLINE' });
    await eventually(() => parlour.parlour.waiting === 1);
    await client.call(knock, null, {});
    await late;
    await client.call(knock, null, {});
    expect(parlour.accepted).toBe(1);
  });

  it('takes nobody for connected who accepts and says nothing', async () => {
    const { port, sockets } = await aMute();
    const client = aClient(`127.0.0.1:${port}`);
    await expect(client.call({ ...knock, deadlineMs: 300 }, null, {})).rejects.toMatchObject({ code: 'SERVICE_AWAY' });
    await expect(client.ready()).rejects.toThrow('parlour');
    await eventually(() => sockets.length >= 2);
  });

  it.each([
    ['text that is no frame', 'GET / HTTP/1.1\r\n\r\n#'],
    ['a frame that is no JSON', '7#{secret'],
    ['a frame that is no call', '17#{"secret":"text"}'],
    ['an event', '43#{"pattern":"parlour.knock","data":"secret"}'],
    ['a frame without end', `99999999#"${'secret'.repeat(longestFrame / 5)}`],
  ])('hangs up on %s, says so without its text, and harms nobody else', async (_what, bytes) => {
    const parlour = await aParlour();
    const client = aClient(parlour.address);
    const underWay = client.call(wait, null, {});
    await eventually(() => parlour.parlour.waiting === 1);
    const stranger = connect(parlour.port, '127.0.0.1').resume();
    const hungUp = new Promise((resolve) => stranger.on('error', () => undefined).on('close', resolve));
    stranger.write(bytes);
    await hungUp;
    await eventually(() => logged.length > 0);
    expect(logged).toEqual([expect.stringMatching(/"reason":"A frame was .+"msg":"The connection of a caller broke"/)]);
    expect(logged.join()).not.toContain('secret');
    parlour.parlour.letGo();
    expect(await underWay).toEqual({ text: 'at last' });
    expect(parlour.accepted).toBe(2);
  });

  it('breaks no connection over a call or an answer that is too long', async () => {
    const parlour = await aParlour();
    const client = aClient(parlour.address);
    const lesson = 'x'.repeat(longestFrame);
    await expect(client.call(recite, null, { length: 1, lesson })).rejects.toThrow('longer than');
    await expect(client.call(recite, null, { length: longestFrame })).rejects.toThrow('Something went wrong');
    expect(logged).toEqual([expect.stringContaining('The answer to parlour.recite could not be written')]);
    expect((await client.call(recite, null, { length: longestFrame - 1000 })).text).toHaveLength(longestFrame - 1000);
    expect(parlour.accepted).toBe(1);
  });

  it('rejects what is under way, and what waits, when the client closes', async () => {
    const parlour = await aParlour();
    const { port, kill } = await aMute();
    await kill();
    const client = new TcpRpcClient({ peers: { parlour: [parlour.address], attic: [`127.0.0.1:${port}`] }, log: silent });
    const away = { code: 'SERVICE_AWAY' };
    const underWay = expect(client.call(wait, null, {})).rejects.toMatchObject(away);
    const waiting = expect(client.call({ ...knock, name: 'attic.knock' }, null, {})).rejects.toMatchObject(away);
    await eventually(() => parlour.parlour.waiting === 1);
    expect(await elapsed(Promise.all([client.close(), underWay, waiting]))).toBeLessThan(500);
  });

  it('tells Nest why it cannot listen', async () => {
    const { port } = await aParlour();
    await expect(TcpParlour.open({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const server = new TcpRpcServer({ host: '203.0.113.1', port: 0, actorKey: new Uint8Array(32), log: silent });
    expect(await new Promise((resolve) => server.listen(resolve))).toMatchObject({ code: 'EADDRNOTAVAIL' });
  });
});
