import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { busMigrations, LogReader, PgBusServer } from '@cordboard/event-bus';
import {
  agentTypingChanged,
  type DataOf,
  type Envelope,
  newEvent,
  outboundRequested,
  type TenantShape,
  tenantChanged,
} from '@cordboard/events';
import { Database, serviceRole } from '@cordboard/persistence';
import {
  createLogger,
  InProcessRpcServer,
  type Platform,
  ProxyRpcClient,
  RpcHub,
  type RunningService,
  startService,
} from '@cordboard/service-kit';
import { eventually, type TestDatabase, testDatabase } from '@cordboard/testing';
import { v7 as uuidv7 } from 'uuid';
import { migrations } from '../src/migrations';
import { webchatService } from '../src/service';
import { VisitorClient, type VisitorOptions } from './visitor-client';

/** A replica of the service with a port of its own. */
export interface Replica {
  url: string;
  service: RunningService;
  stop: () => Promise<void>;
}

type Outbound = DataOf<typeof outboundRequested>;

/** Webchat on a database of its own, in as many replicas as asked for; what inbox and identity would publish is published here. */
export class WebchatFixture {
  readonly clinic = aTenant({ slug: 'clinic' });
  readonly shop = aTenant({ slug: 'shop' });
  readonly replicas: Replica[] = [];
  private readonly visitors: VisitorClient[] = [];

  private constructor(
    readonly testing: TestDatabase,
    /** The service's own role, for looking and for publishing. */
    readonly database: Database,
  ) {}

  static async start({
    replicas = 1,
    environment = {},
  }: {
    replicas?: number;
    environment?: Record<string, string>;
  } = {}): Promise<WebchatFixture> {
    const testing = await testDatabase({ schemas: [busMigrations, migrations] });
    const fixture = new WebchatFixture(testing, testing.databaseFor('webchat'));
    for (const tenant of [fixture.clinic, fixture.shop]) {
      await fixture.publish(newEvent(tenantChanged, { source: 'identity', tenantId: tenant.id }, { ...tenant, version: 1 }));
    }
    for (let index = 0; index < replicas; index++) fixture.replicas.push(await startReplica(testing, environment));
    await eventually(async () => (await fixture.rows('site')).length === 2);
    return fixture;
  }

  async close(): Promise<void> {
    for (const visitor of this.visitors) visitor.close();
    for (const replica of this.replicas) await replica.stop();
    await this.testing.close();
  }

  /** A visitor at one of the replicas, connected. */
  async visitor(options: Partial<VisitorOptions> & { replica?: number } = {}): Promise<VisitorClient> {
    const { replica = 0, ...rest } = options;
    const url = this.replicas[replica]?.url ?? '';
    const visitor = await VisitorClient.connect({ url, tenant: 'clinic', origin: 'http://127.0.0.1', ...rest });
    this.visitors.push(visitor);
    return visitor;
  }

  /** What the inbox publishes when an agent has written. */
  async agentWrites(visitor: VisitorClient, text: string, overrides: Partial<Outbound> = {}): Promise<Envelope<Outbound>> {
    const event = newEvent(
      outboundRequested,
      { source: 'inbox', tenantId: this.clinic.id },
      {
        channel: 'webchat',
        identity: visitor.visitorId,
        conversationId: uuidv7(),
        entryId: uuidv7(),
        text,
        authorName: 'Maria',
        occurredAt: new Date().toISOString(),
        ...overrides,
      },
    );
    await this.publish(event);
    return event;
  }

  agentTypes(visitor: VisitorClient): Promise<void> {
    return this.publish(
      newEvent(
        agentTypingChanged,
        { source: 'gateway', tenantId: this.clinic.id },
        {
          conversationId: uuidv7(),
          channel: 'webchat',
          identity: visitor.visitorId,
          personId: uuidv7(),
          personName: 'Maria',
          typing: true,
        },
      ),
    );
  }

  publish(...events: Envelope[]): Promise<void> {
    return this.database.system(async (tx) => tx.publish(...events));
  }

  async rows<Row extends object>(table: string, order = '1'): Promise<Row[]> {
    return (await this.testing.admin.query<Row>(`select * from webchat.${table} order by ${order}`)).rows;
  }

  /** Events of a type in the log, oldest first. */
  async published<Data>(type: string): Promise<Envelope<Data>[]> {
    const { rows } = await this.testing.admin.query<{ body: string }>('select body from bus.log where type = $1 order by id', [type]);
    return rows.map((row) => JSON.parse(row.body) as Envelope<Data>);
  }
}

function aTenant(overrides: Partial<TenantShape> = {}): TenantShape {
  return {
    id: uuidv7(),
    operatorId: uuidv7(),
    slug: 'clinic',
    name: 'Sever Clinics',
    shortName: 'Sever',
    colour: 'teal',
    languages: ['ru', 'en'],
    timeZone: 'Asia/Novosibirsk',
    greeting: { en: 'Hello!', ru: 'Здравствуйте!' },
    hoursLine: { en: 'Until 20:00', ru: 'До 20:00' },
    sites: ['http://127.0.0.1'],
    ...overrides,
  };
}

async function startReplica(testing: TestDatabase, environment: Record<string, string>): Promise<Replica> {
  const log = createLogger('silent');
  const reader = new LogReader({ url: testing.url, password: testing.passwordOf('bus'), logger: log });
  const hub = new RpcHub();
  const platform: Platform = {
    environment,
    log,
    key: () => new Uint8Array(32),
    database: () =>
      new Database({
        url: testing.url,
        role: serviceRole('webchat'),
        password: testing.passwordOf('webchat'),
        name: 'webchat',
        poolSize: 8,
        onError: () => undefined,
      }),
    rpcClient: new ProxyRpcClient(hub),
    rpcServer: (_definition, serviceLog) => new InProcessRpcServer(hub, new Uint8Array(32), serviceLog),
    busServer: (definition, database, serviceLog) => {
      if (!database) throw new Error(`${definition.name} has no database.`);
      return new PgBusServer({ service: definition.name, database, reader, logger: serviceLog });
    },
  };
  const service = await startService(webchatService, platform);
  const server = createServer((request, response) => service.handle(request, response));
  server.on('upgrade', (request, socket, head) => service.server.emit('upgrade', request, socket, head));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, service, stop: () => stopReplica(service, server, reader) };
}

async function stopReplica(service: RunningService, server: Server, reader: LogReader): Promise<void> {
  await service.stop();
  await reader.stop();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}
