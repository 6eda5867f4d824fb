import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy';
import { pause, until } from './wait';

describe('a proxy that can be disturbed', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const clients: Client[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.listen((echo.address() as AddressInfo).port);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.socket.destroy();
    proxy.close();
    echo.close();
    await once(echo, 'close');
  });

  function arrive(greeting: string): Client {
    const client = new Client(proxy.port);
    clients.push(client);
    client.socket.write(greeting);
    return client;
  }

  it('carries what is said both ways', async () => {
    const client = arrive('hello');
    expect(await until(() => client.heard === 'hello', 2000)).toBe(true);
  });

  it('cuts connections, and those to come, until it is healed', async () => {
    const client = arrive('hello');
    await until(() => client.heard === 'hello', 2000);
    proxy.disturb({ kind: 'cut' });
    expect(await until(() => client.isClosed, 2000)).toBe(true);
    const next = arrive('anybody?');
    expect(await until(() => next.isClosed, 2000)).toBe(true);
    expect(next.heard).toBe('');
    proxy.heal();
    const last = arrive('again');
    expect(await until(() => last.heard === 'again', 2000)).toBe(true);
  });

  it('holds back what is said while it stalls, and loses nothing of it', async () => {
    const client = arrive('one');
    await until(() => client.heard === 'one', 2000);
    proxy.disturb({ kind: 'stalled' });
    client.socket.write('two');
    await pause(100);
    expect([client.heard, client.isClosed]).toEqual(['one', false]);
    proxy.heal();
    expect(await until(() => client.heard === 'onetwo', 2000)).toBe(true);
  });

  it('troubles only those who are meant', async () => {
    proxy.disturb({ kind: 'cut' }, (greeting) => greeting.includes('inbox'));
    const [inbox, routing] = [arrive('I am inbox'), arrive('I am routing')];
    expect(await until(() => inbox.isClosed && routing.heard === 'I am routing', 2000)).toBe(true);
    expect(inbox.heard).toBe('');
  });

  it('brings things late', async () => {
    proxy.disturb({ kind: 'late', ms: 60 });
    const at = performance.now();
    const client = arrive('hello');
    await until(() => client.heard === 'hello', 2000, 5);
    expect(performance.now() - at).toBeGreaterThanOrEqual(120);
  });
});

class Client {
  heard = '';
  isClosed = false;
  readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (data: Buffer) => {
      this.heard += data.toString();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.isClosed = true;
    });
  }
}
