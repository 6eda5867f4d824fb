import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Database } from '@cordboard/persistence';
import { type Actor, identityCalls, type RpcClient, routingCalls } from '@cordboard/rpc';
import { createLogger, type Platform, type RunningService, startService } from '@cordboard/service-kit';
import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import WebSocket from 'ws';
import { gatewayService } from '../src/service';
import { FakeServices } from './fake-services';
import { HandFedBus, SilentServer } from './hand-fed-bus';

const key = (purpose: string) => Buffer.from(`the key of specs for ${purpose}`.padEnd(32));
const nowhere = new Database({
  url: 'postgres://127.0.0.1:9/none',
  role: 'r',
  password: 'p',
  name: 'gateway',
  poolSize: 1,
  onError: () => undefined,
});

export interface Answer {
  status: number;
  headers: Headers;
  body: { data?: Record<string, unknown> | null; errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[] };
}

/** A gateway on a port of its own, with fake services and a hand-fed bus behind it. */
export class SpecGateway {
  readonly services = new FakeServices(key('actor'));
  readonly bus = new HandFedBus();
  /** Who a cookie's token belongs to. */
  readonly people = new Map<string, Actor>();
  host = '';
  private service: RunningService | undefined;
  private readonly sockets: Client[] = [];
  private readonly stops: (() => Promise<unknown>)[] = [];

  get url(): string {
    return `http://${this.host}/graphql`;
  }

  async start(platform: Partial<Platform> = {}): Promise<this> {
    this.knowPeople();
    this.services.answer(routingCalls.renewLease, () => ({}));
    const service = await startService(gatewayService, {
      environment: { CONSOLE_DIR: 'apps/gateway/testing/no-console' },
      log: createLogger(process.env.LOG_LEVEL ?? 'silent'),
      key,
      database: () => nowhere,
      rpcClient: this.services as RpcClient,
      rpcServer: () => new SilentServer(),
      busServer: () => this.bus,
      ...platform,
    });
    this.service = service;
    await this.listen(service);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all(this.sockets.map((socket) => socket.dispose()));
    for (const stop of this.stops) await stop();
  }

  /** Identity answers who a cookie belongs to. */
  knowPeople(): void {
    this.services.answer(identityCalls.resolveSession, ({ token }) => {
      const actor = this.people.get(token);
      return actor ? { actor, email: 'maria@demo.example', language: 'en', expiresAt: '2030-01-01T00:00:00.000Z' } : null;
    });
  }

  metric(name: string) {
    const metric = this.service?.metrics.registry.getSingleMetric(name);
    if (!metric) throw new Error(`There is no metric ${name}.`);
    return metric.get();
  }

  async ask(
    query: string,
    { variables, token, headers }: { variables?: object; token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { cookie: `cordboard_session=${token}` } : {}), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  }

  /** A socket as the console's; `closed` resolves to the code it was closed with. */
  socket(token: string, headers: Record<string, string> = {}): LiveSocket {
    const own = { headers: { cookie: `cordboard_session=${token}`, ...headers } };
    class WithCookie extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, own);
      }
    }
    return new LiveSocket(`ws://${this.host}/graphql`, WithCookie, (client) => this.sockets.push(client));
  }

  private async listen(service: RunningService): Promise<void> {
    const server = createServer((request, response) => service.handle(request, response));
    server.on('upgrade', (...upgrade) => service.server.emit('upgrade', ...upgrade));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.stops.push(async () => {
      server.close();
      server.closeAllConnections();
      await service.stop();
    });
  }
}

/** One agent's socket, through the client library that the console uses. */
export class LiveSocket {
  readonly closed: Promise<number>;
  private readonly client: Client;
  private socket: WebSocket | undefined;

  constructor(url: string, webSocketImpl: unknown, keep: (client: Client) => void) {
    let close: (code: number) => void = () => undefined;
    this.closed = new Promise((resolve) => {
      close = resolve;
    });
    this.client = createClient({
      url,
      webSocketImpl,
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => undefined,
      on: {
        opened: (socket) => {
          this.socket = socket as WebSocket;
        },
        closed: (event) => close((event as CloseEvent).code),
      },
    });
    keep(this.client);
  }

  /** Subscribes and waits until the gateway has it in place; results pile up in the array. */
  async subscribe(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult[]> {
    const results: ExecutionResult[] = [];
    let refused: unknown;
    this.client.subscribe(
      { query, variables },
      { next: (result) => results.push(result as ExecutionResult), error: (error) => (refused = error), complete: () => undefined },
    );
    await this.inPlace();
    if (refused) throw refused;
    return results;
  }

  /** Asks for one answer, as for a mutation. */
  ask(query: string, variables?: Record<string, unknown>, extensions?: Record<string, unknown>): Promise<ExecutionResult> {
    return new Promise((answered, failed) => {
      const sink = { next: (result: unknown) => answered(result as ExecutionResult), error: failed, complete: () => undefined };
      this.client.subscribe({ query, variables, extensions }, sink);
    });
  }

  /** A message of the protocol past the client library. */
  async say(message: object): Promise<void> {
    await this.inPlace();
    this.socket?.send(JSON.stringify(message));
  }

  end(): void {
    void this.client.dispose();
  }

  /** A ping behind the subscribe messages: its pong says that they are in place. */
  async inPlace(): Promise<void> {
    while (!this.socket) await new Promise((next) => setTimeout(next, 2));
    const { socket } = this;
    await new Promise((next) => setTimeout(next, 2));
    await new Promise<void>((resolve) => {
      const listen = (data: WebSocket.RawData) => {
        if (JSON.parse(String(data)).type !== 'pong') return;
        socket.off('message', listen);
        resolve();
      };
      socket.on('message', listen);
      socket.send(JSON.stringify({ type: 'ping' }));
    });
  }
}
interface CloseEvent {
  code: number;
}
