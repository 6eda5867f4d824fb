import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'httpxy';
import { answer } from '../../standalone/src/answer';
import { listen } from '../../standalone/src/listen';
import { able, type Backend, fewestSocketsFirst, inTurn, serviceFor } from './choice';
import { connectTo, Undelivered } from './connect-first';
import { forward } from './forwarded';
import type { Overview } from './overview';

/** A process as the front knows it: where it answers on this machine, and the kept connections to it. */
interface Target extends Backend {
  port: number;
  agent: Agent;
}

/**
 * One port for all processes: requests and socket upgrades go by longest prefix to a ready replica of the service, in turn.
 * One that cannot be reached is passed over; what has been delivered is never repeated.
 */
export class Front {
  private readonly server: Server;
  private readonly proxy = createProxyServer();
  private readonly prefixes = new Map<string, string>();
  private readonly turns = new Map<string, number>();
  private isOpen = false;

  constructor(
    private readonly targets: () => readonly Target[],
    private readonly overview: Overview,
    /** How many proxies of the operator's own stand before this one. */
    private readonly trustedProxies: number,
  ) {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => void this.upgrade(request, socket, head));
  }

  /** Until `open` it answers 503 with Retry-After. */
  listen(port: number, host: string): Promise<void> {
    return listen(this.server, port, host, 'npm run start:distributed');
  }

  open(): void {
    this.isOpen = true;
  }

  /** Takes no more; what is in hand goes on as long as its process does. */
  close(): void {
    this.isOpen = false;
    this.server.close();
    this.server.closeIdleConnections();
  }

  /** From here on these prefixes are the service's, whether one of its processes runs or not. */
  learn(service: string, prefixes: readonly string[]): void {
    for (const prefix of prefixes) this.prefixes.set(prefix, service);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/health/live') return answer(response, 200, { status: 'ok' });
    if (path === '/health/ready') return this.overview.ready(response, this.isOpen);
    if (path === '/metrics') return this.overview.metrics(response);
    forward(request, this.trustedProxies, 'http');
    const service = this.serviceOf(request);
    for (const { port, agent } of inTurn(able(this.targets(), service), this.turnOf(service))) {
      try {
        return await this.proxy.web(request, response, { target: `http://127.0.0.1:${port}`, agent });
      } catch (error) {
        if (error instanceof Undelivered) continue;
        return broken(response);
      }
    }
    answer(response, 503, { error: 'Cordboard is starting, or this part of it is away. Try again in a moment.' });
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    forward(request, this.trustedProxies, 'ws');
    for (const target of fewestSocketsFirst(able(this.targets(), this.serviceOf(request)))) {
      const { port } = target;
      const connection = await connectTo(port).catch(() => undefined);
      if (!connection) continue;
      target.sockets++;
      connection.once('close', () => target.sockets--);
      const agent = new Agent();
      agent.createConnection = () => connection;
      return this.proxy
        .ws(request, socket as never, { target: `http://127.0.0.1:${port}`, agent }, head)
        .catch(() => void socket.destroy());
    }
    socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }

  /** Empty where nobody is to be asked. */
  private serviceOf(request: IncomingMessage): string {
    return (this.isOpen && serviceFor(this.prefixes, request.url ?? '/')) || '';
  }

  private turnOf(service: string): number {
    const turn = this.turns.get(service) ?? 0;
    this.turns.set(service, turn + 1);
    return turn;
  }
}

/** The process ended with the request in hand: whether it had an effect is not known here. */
function broken(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else
    answer(response, 502, { error: 'The process that had this request in hand ended. Ask again: what carries a client id is done once.' });
}
