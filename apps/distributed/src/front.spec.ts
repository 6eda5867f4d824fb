import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { ConnectFirstAgent } from './connect-first';
import { Front } from './front';
import { Overview } from './overview';
import { Ports } from './ports';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const large = 'x'.repeat(500_000);

describe('the front', () => {
  const ports = new Ports();
  const servers: Server[] = [];
  const agents: ConnectFirstAgent[] = [];
  let front: Front;
  let port: number;
  let targets: ReturnType<typeof target>[] = [];

  const target = (at: number, service = 'shop') => {
    const agent = new ConnectFirstAgent(at);
    agents.push(agent);
    return { service, port: at, agent, isReady: true, isInUse: true, sockets: 0 };
  };
  const serve = async (handle: Handle, service?: string) => {
    const server = createServer(handle).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return { server, ...target((server.address() as AddressInfo).port, service) };
  };
  /** Nobody answers there. */
  const gone = async () => target(await ports.take());
  const echo: Handle = (asked, response) => void asked.pipe(response);
  const post = (body: string) => fetch(`http://127.0.0.1:${port}/shop/cart`, { method: 'POST', body });

  beforeEach(async () => {
    front = new Front(() => targets, new Overview(() => []), 0);
    port = await ports.take();
    await front.listen(port, '127.0.0.1');
    front.learn('shop', ['/shop']);
    front.learn('bank', ['/']);
    front.open();
  });
  afterEach(async () => {
    front.close();
    for (const agent of agents.splice(0)) agent.destroy();
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
    targets = [];
  });

  it('hands a request whose process is gone to the next, body and all', async () => {
    targets = [await gone(), await gone(), await serve(echo)];
    for (let round = 0; round < 3; round++) expect(await (await post(large)).text()).toBe(large);
  });

  it('never repeats what a process had in hand when it ended', async () => {
    let asked = 0;
    const dies: Handle = (incoming) => {
      asked++;
      incoming.socket.destroy();
    };
    targets = [await serve(dies), await serve(dies)];
    expect((await post('once')).status).toBe(502);
    expect(asked).toBe(1);
  });

  it('tells to come back when there is nobody', async () => {
    targets = [await gone(), await serve(echo, 'bank')];
    const answer = await post('hello');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  });

  it('goes round the ready ones', async () => {
    const named = (name: string) => serve((_asked, response) => void response.end(name));
    targets = [await named('a'), await named('b'), { ...(await named('c')), isReady: false }];
    const names = [];
    for (let round = 0; round < 4; round++) names.push(await (await post('')).text());
    expect(names).toEqual(['a', 'b', 'a', 'b']);
  });

  it('passes on what comes as it comes', async () => {
    let finish: () => void = () => undefined;
    targets = [
      await serve((_asked, response) => {
        response.write('first');
        finish = () => response.end('last');
      }),
    ];
    const asked = request({ port, host: '127.0.0.1', path: '/shop' }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    expect(String((await once(response, 'data'))[0])).toBe('first');
    finish();
    expect(String((await once(response, 'data'))[0])).toBe('last');
  });

  it('carries sockets to who has the fewest, past one that is gone, and counts them', async () => {
    const sockets = new WebSocketServer({ noServer: true });
    const here = await serve(echo);
    here.server.on('upgrade', (asked, socket, head) =>
      sockets.handleUpgrade(asked, socket, head, (opened) =>
        opened.on('message', (data) => opened.send(`${asked.headers['x-forwarded-for']} ${data}`)),
      ),
    );
    const busy = { ...(await serve(echo)), sockets: 5 };
    targets = [await gone(), busy, here];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/shop/socket`);
    await once(socket, 'open');
    socket.send('hello');
    expect(String((await once(socket, 'message'))[0])).toBe('127.0.0.1 hello');
    expect(targets.map((each) => each.sockets)).toEqual([0, 5, 1]);
    socket.close();
    await once(socket, 'close');
    sockets.close();
  });

  it('refuses a socket when there is nobody', async () => {
    targets = [await gone()];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/shop/socket`);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('503');
  });
});
