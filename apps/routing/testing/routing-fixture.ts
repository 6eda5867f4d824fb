import { randomUUID } from 'node:crypto';
import { BusContext, busMigrations } from '@cordboard/event-bus';
import {
  type ConversationHead,
  catalogue,
  conversationClosed,
  conversationOpened,
  conversationReopened,
  type Envelope,
  newEvent,
  type PersonShape,
  personChanged,
  tenantChanged,
} from '@cordboard/events';
import type { Database } from '@cordboard/persistence';
import type { Actor } from '@cordboard/rpc';
import { Metrics } from '@cordboard/service-kit';
import { type TestDatabase, testDatabase } from '@cordboard/testing';
import type { QueryResultRow } from 'pg';
import pino from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { KeepAgentOnPersonChangedHandler } from '../src/agent/keep-agent-on-person-changed.handler';
import { PresenceController } from '../src/agent/presence.controller';
import { Changes } from '../src/change/changes';
import { CycleSignal } from '../src/change/cycle-signal';
import { migrations } from '../src/migrations';
import { OfferController } from '../src/offer/offer.controller';
import { OpenQueueOnTenantChangedHandler } from '../src/queue/open-queue-on-tenant-changed.handler';
import { QueueController } from '../src/queue/queue.controller';
import { Deadlines } from '../src/router/deadlines';
import { Router } from '../src/router/router';
import { RoutingConfig } from '../src/routing.config';
import { FollowConversationsHandler } from '../src/work/follow-conversations.handler';
import { WorkController } from '../src/work/work.controller';

/** One routing process, without its loops: a test runs cycles and deadlines when it wants them. */
export class RoutingProcess {
  readonly signal = new CycleSignal();
  readonly changes: Changes;
  readonly router: Router;
  readonly deadlines: Deadlines;
  readonly offers: OfferController;
  readonly work: WorkController;
  readonly presence: PresenceController;
  readonly queues: QueueController;
  private readonly follow: FollowConversationsHandler;
  private readonly keepAgent: KeepAgentOnPersonChangedHandler;
  private readonly openQueue: OpenQueueOnTenantChangedHandler;

  constructor(
    readonly database: Database,
    config: RoutingConfig,
    private readonly operatorId: string,
    private readonly tenantIds: readonly string[],
  ) {
    const log = pino({ level: process.env.LOG_LEVEL ?? 'fatal' });
    this.changes = new Changes(database, this.signal, config);
    this.router = new Router(database, this.changes, this.signal, config, new Metrics('routing', false), log);
    this.deadlines = new Deadlines(database, this.changes, log);
    this.offers = new OfferController(this.changes, database);
    this.work = new WorkController(this.changes);
    this.presence = new PresenceController(this.changes, database);
    this.queues = new QueueController(database);
    this.follow = new FollowConversationsHandler(this.changes);
    this.keepAgent = new KeepAgentOnPersonChangedHandler(this.changes);
    this.openQueue = new OpenQueueOnTenantChangedHandler(this.changes);
  }

  start(): void {
    this.router.onApplicationBootstrap();
    this.deadlines.onApplicationBootstrap();
  }

  async stop(): Promise<void> {
    await Promise.all([this.router.onModuleDestroy(), this.deadlines.onModuleDestroy()]);
  }

  /** Hands events to their handlers, as the bus does. */
  async deliver(...events: Envelope[]): Promise<void> {
    await this.database.batch([this.operatorId, ...this.tenantIds], async (tx) => {
      const context = new BusContext(tx, 'test', 1, false);
      const parsed = events.map(parse);
      const followed = parsed.filter((event) => event.type.startsWith('conversation.'));
      for (const event of parsed) {
        if (event.type === personChanged.type) await this.keepAgent.handle(event as Parameters<typeof this.keepAgent.handle>[0], context);
        if (event.type === tenantChanged.type) await this.openQueue.handle(event as Parameters<typeof this.openQueue.handle>[0], context);
      }
      if (followed.length > 0) await this.follow.handle(followed as Parameters<typeof this.follow.handle>[0], context);
    });
  }
}

/** A database of routing with an operator and two tenants, and as many processes on it as a test needs. */
export class RoutingFixture {
  private lastQuery: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly testing: TestDatabase,
    readonly operatorId: string,
    readonly tenantIds: readonly [string, string],
  ) {}

  static async start(): Promise<RoutingFixture> {
    const testing = await testDatabase({ schemas: [busMigrations, migrations] });
    const fixture = new RoutingFixture(testing, uuidv7(), [uuidv7(), uuidv7()]);
    const process = fixture.process();
    for (const tenantId of fixture.tenantIds) await process.deliver(fixture.aTenantChanged(tenantId));
    return fixture;
  }

  process(settings: Partial<RoutingConfig> = {}): RoutingProcess {
    const config = Object.assign(new RoutingConfig(), settings);
    return new RoutingProcess(this.testing.databaseFor('routing', { poolSize: 6 }), config, this.operatorId, this.tenantIds);
  }

  close(): Promise<void> {
    return this.testing.close();
  }

  /** Asks as the database's owner; parts of a test that run side by side wait for each other. */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const next = this.lastQuery.then(async () => (await this.testing.admin.query<Row>(text, [...values])).rows);
    this.lastQuery = next.catch(() => undefined);
    return next;
  }

  /** An empty floor: no work, nobody there. */
  async clear(): Promise<void> {
    await this.query(
      'truncate routing.work_item, routing.offer, routing.agent, routing.lease, routing.timer, routing.command, bus.log cascade',
    );
  }

  rows<Row extends QueryResultRow>(table: string, order = '1'): Promise<Row[]> {
    return this.query<Row>(`select * from routing.${table} order by ${order}`);
  }

  /** What was published, oldest first. */
  async published(type: (typeof catalogue)[number]['type']): Promise<Envelope<Record<string, unknown>>[]> {
    const rows = await this.query<{ body: string }>('select body from bus.log where type = $1 order by id', [type]);
    return rows.map(({ body }) => JSON.parse(body));
  }

  /** Makes every deadline of the kind due, as if its time had passed. */
  async passTime(kind: 'offer' | 'lease' | 'grace'): Promise<void> {
    await this.query(`update routing.timer set due_at = now() - interval '1 ms' where kind = $1`, [kind]);
    if (kind === 'offer') await this.query(`update routing.offer set deadline = now() - interval '1 ms' where state = 'live'`);
    if (kind === 'lease') await this.query(`update routing.lease set expires_at = now() - interval '1 ms'`);
  }

  aPerson(overrides: Partial<PersonShape> = {}): PersonShape {
    const id = overrides.id ?? uuidv7();
    return {
      id,
      operatorId: this.operatorId,
      email: `${id}@demo.cordboard.example`,
      name: `Agent ${id.slice(-4)}`,
      language: 'en',
      grants: this.tenantIds.map((tenantId) => ({ tenantId, role: 'agent' as const })),
      chatCapacity: 2,
      archivedAt: null,
      ...overrides,
    };
  }

  actorOf(person: PersonShape): Actor {
    return { personId: person.id, name: person.name, operatorId: person.operatorId, sessionId: randomUUID(), grants: person.grants };
  }

  /** Somebody at work: known to routing, with a lease, available. */
  async agentAtWork(process: RoutingProcess, overrides: Partial<PersonShape> = {}): Promise<Actor> {
    const person = this.aPerson(overrides);
    const actor = this.actorOf(person);
    await process.deliver(this.aPersonChanged(person));
    await process.presence.renew(aCall(actor, { connectionId: randomUUID(), gone: false }));
    await process.presence.set(aCall(actor, { status: 'available', reason: null, clientId: randomUUID() }));
    return actor;
  }

  aPersonChanged(person: PersonShape, version = 1): Envelope {
    return newEvent(personChanged, { source: 'identity', tenantId: this.operatorId }, { ...person, version });
  }

  aTenantChanged(tenantId: string): Envelope {
    return newEvent(
      tenantChanged,
      { source: 'identity', tenantId },
      {
        id: tenantId,
        operatorId: this.operatorId,
        slug: `t-${tenantId.slice(-8)}`,
        name: 'Sever Clinics',
        shortName: 'Sever',
        colour: 'teal',
        languages: ['ru', 'en'],
        timeZone: 'Asia/Novosibirsk',
        greeting: { en: 'Hello' },
        hoursLine: { en: 'Every day' },
        sites: [],
        version: 1,
      },
    );
  }

  aHead(overrides: Partial<ConversationHead> = {}): ConversationHead {
    const now = new Date().toISOString();
    return {
      id: uuidv7(),
      tenantId: this.tenantIds[0],
      contactId: uuidv7(),
      contactName: 'Anna',
      channel: 'webchat',
      identity: 'visitor',
      state: 'open',
      rev: 1,
      openedAt: now,
      closedAt: null,
      reasonId: null,
      outcomeId: null,
      previousId: null,
      lastLine: 'Good day, are you open today?',
      lastAuthor: 'customer',
      lastAt: now,
      unansweredSince: now,
      inboundCount: 1,
      workState: 'queued',
      workVersion: 0,
      assigneeId: null,
      queueId: null,
      page: null,
      ...overrides,
    };
  }

  opened = (conversation: ConversationHead, traceparent?: string) => this.about(conversationOpened, conversation, traceparent);
  closed = (conversation: ConversationHead) => this.about(conversationClosed, conversation);
  reopened = (conversation: ConversationHead) => this.about(conversationReopened, conversation);

  private about(
    definition: typeof conversationOpened | typeof conversationClosed | typeof conversationReopened,
    conversation: ConversationHead,
    traceparent?: string,
  ): Envelope {
    const origin = { source: 'inbox', tenantId: conversation.tenantId, ...(traceparent ? { traceparent } : {}) };
    return newEvent<string, typeof conversationOpened.schema>(definition, origin, { conversation });
  }
}

/** A call as a controller receives it. */
export const aCall = <Input>(actor: Actor, input: Input) => ({ actor, input });

function parse(event: Envelope): Envelope {
  const definition = catalogue.find(({ type }) => type === event.type);
  return { ...event, data: definition?.schema.parse(JSON.parse(JSON.stringify(event.data))) };
}
