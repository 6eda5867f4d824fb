import { randomUUID } from 'node:crypto';
import { busMigrations } from '@cordboard/event-bus';
import { type DataOf, deliveryReported, type Envelope, inboundReceived, newEvent, type Role, workChanged } from '@cordboard/events';
import type { Database } from '@cordboard/persistence';
import type { Actor } from '@cordboard/rpc';
import { type TestDatabase, testDatabase } from '@cordboard/testing';
import { v7 as uuidv7 } from 'uuid';
import { recordDelivery } from '../src/delivery/record-delivery';
import { seedDispositions } from '../src/disposition/seed-dispositions';
import { recordInbound } from '../src/inbound/record-inbound';
import { migrations } from '../src/migrations';
import { recordWork } from '../src/work/record-work';

type Inbound = DataOf<typeof inboundReceived>;
type Report = DataOf<typeof deliveryReported>;
type Work = DataOf<typeof workChanged>;

/** An event of the log, as a test wants to see it. */
export interface Logged {
  type: string;
  data: Record<string, never>;
}

/** The inbox on a database of its own, with two tenants and a way to do each thing a customer, an agent or routing does. */
export class InboxFixture {
  readonly tenantId = uuidv7();
  readonly otherTenantId = uuidv7();
  readonly reasonId = uuidv7();
  readonly outcomeId = uuidv7();
  readonly actor = this.anActor();

  private constructor(
    readonly testing: TestDatabase,
    readonly database: Database,
  ) {}

  static async start(): Promise<InboxFixture> {
    const testing = await testDatabase({ schemas: [busMigrations, migrations] });
    const fixture = new InboxFixture(testing, testing.databaseFor('inbox', { poolSize: 8 }));
    await fixture.database.tenant(fixture.tenantId, (tx) =>
      seedDispositions(tx, fixture.tenantId, {
        reasons: [{ id: fixture.reasonId, name: { en: 'Book a visit', ru: 'Запись' } }],
        outcomes: [{ id: fixture.outcomeId, name: { en: 'Booked', ru: 'Записан' } }],
      }),
    );
    return fixture;
  }

  close(): Promise<void> {
    return this.testing.close();
  }

  /** Somebody with a role in the first tenant, or with the grants given. */
  anActor(overrides: Partial<Actor> & { role?: Role } = {}): Actor {
    const { role = 'agent', ...rest } = overrides;
    const grants = [{ tenantId: this.tenantId, role }];
    return { personId: uuidv7(), name: 'Maria Kern', operatorId: uuidv7(), sessionId: uuidv7(), grants, ...rest };
  }

  anInbound({ tenantId = this.tenantId, ...overrides }: Partial<Inbound> & { tenantId?: string } = {}): Envelope<Inbound> {
    return newEvent(
      inboundReceived,
      { source: 'webchat', tenantId },
      {
        channel: 'webchat',
        identity: 'visitor-1',
        externalId: randomUUID(),
        text: 'Hello',
        profile: { name: null, language: null },
        page: null,
        occurredAt: new Date().toISOString(),
        ...overrides,
      },
    );
  }

  /** Handles the events as one batch, as the bus would. */
  receive(...events: Envelope<Inbound>[]): Promise<void> {
    return this.database.batch(tenantsOf(events), (tx) => recordInbound(tx, events));
  }

  report(conversationId: string, entryIds: string[], status: Report['status'], tenantId = this.tenantId): Promise<void> {
    return this.reportAll([{ conversationId, entryIds, status }], tenantId);
  }

  aReport(report: Pick<Report, 'conversationId' | 'entryIds' | 'status'>, tenantId = this.tenantId): Envelope<Report> {
    const occurredAt = new Date().toISOString();
    return newEvent(
      deliveryReported,
      { source: 'webchat', tenantId },
      { channel: 'webchat', identity: 'visitor-1', occurredAt, ...report },
    );
  }

  reportAll(reports: Pick<Report, 'conversationId' | 'entryIds' | 'status'>[], tenantId = this.tenantId): Promise<void> {
    const events = reports.map((report) => this.aReport(report, tenantId));
    return this.database.batch([tenantId], (tx) => recordDelivery(tx, events));
  }

  aWorkChange(conversationId: string, overrides: Partial<Work> = {}): Envelope<Work> {
    return newEvent(
      workChanged,
      { source: 'routing', tenantId: this.tenantId },
      {
        conversationId,
        tenantId: this.tenantId,
        state: 'queued',
        version: 1,
        queueId: this.tenantId,
        agentId: null,
        enqueuedAt: new Date().toISOString(),
        cause: 'queued',
        personId: null,
        personName: null,
        durationMs: null,
        detail: null,
        occurredAt: new Date().toISOString(),
        ...overrides,
      },
    );
  }

  work(...changes: Envelope<Work>[]): Promise<void> {
    return this.database.batch(tenantsOf(changes), (tx) => recordWork(tx, changes));
  }

  /** Everything the inbox has published so far, oldest first. */
  async published(...types: string[]): Promise<Logged[]> {
    const { rows } = await this.testing.admin.query<{ type: string; body: string }>('select type, body from bus.log order by id');
    return rows
      .filter((row) => types.length === 0 || types.includes(row.type))
      .map((row) => ({ type: row.type, data: JSON.parse(row.body).data }));
  }

  /** All rows of a table, past row-level security. */
  async rows<Row>(table: string, order = 'id'): Promise<Row[]> {
    return (await this.testing.admin.query(`select * from inbox.${table} order by ${order}`)).rows as Row[];
  }
}

function tenantsOf(events: readonly Envelope[]): string[] {
  return [...new Set(events.map((event) => event.tenantid))];
}
