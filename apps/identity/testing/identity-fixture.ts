import { busMigrations } from '@cordboard/event-bus';
import type { PersonShape, Role, TenantShape } from '@cordboard/events';
import type { Database } from '@cordboard/persistence';
import { type TestDatabase, testDatabase } from '@cordboard/testing';
import { v7 as uuidv7 } from 'uuid';
import { IdentityConfig } from '../src/identity.config';
import { migrations } from '../src/migrations';
import { PasswordHasher } from '../src/password/password-hasher';
import { provisionOperator, provisionPerson, provisionTenant } from '../src/provision/provision';
import { SessionService } from '../src/session/session.service';
import { SignInService } from '../src/sign-in/sign-in.service';
import { SignInLimits } from '../src/sign-in/sign-in-limits';

export const password = 'a good long password';

/** Identity on a database of its own, with one operator and two tenants. */
export class IdentityFixture {
  readonly operatorId = uuidv7();
  readonly clinic = this.aTenant('clinic');
  readonly shop = this.aTenant('shop');
  readonly config = Object.assign(new IdentityConfig(), { accountFailures: 3, addressFailures: 6 });
  readonly passwords = new PasswordHasher();
  readonly sessions: SessionService;
  readonly signIns: SignInService;

  private constructor(
    readonly testing: TestDatabase,
    readonly database: Database,
  ) {
    this.sessions = new SessionService(database, this.config);
    this.signIns = new SignInService(database, this.passwords, new SignInLimits(this.config), this.sessions);
  }

  static async start(): Promise<IdentityFixture> {
    const testing = await testDatabase({ schemas: [busMigrations, migrations] });
    const fixture = new IdentityFixture(testing, testing.databaseFor('identity', { poolSize: 6 }));
    await fixture.database.system((tx) => provisionOperator(tx, { id: fixture.operatorId, name: 'Spec' }));
    for (const tenant of [fixture.clinic, fixture.shop]) await fixture.database.tenant(tenant.id, (tx) => provisionTenant(tx, tenant));
    return fixture;
  }

  async close(): Promise<void> {
    await this.passwords.onApplicationShutdown();
    await this.testing.close();
  }

  /** Somebody new who can sign in with `password`. */
  async aPerson(overrides: Partial<PersonShape> & { role?: Role } = {}): Promise<PersonShape> {
    const { role = 'agent', ...rest } = overrides;
    const id = uuidv7();
    const person: PersonShape = {
      ...{ id, operatorId: this.operatorId, email: `Maria-${id}@Demo.example`, name: 'Maria Kern', language: 'en', chatCapacity: 4 },
      ...{ grants: [{ tenantId: this.clinic.id, role }], archivedAt: null },
      ...rest,
    };
    await this.database.system((tx) => provisionPerson(tx, person, () => this.passwords.hash(password)));
    return person;
  }

  signIn(email: string, word = password, address = uuidv7()) {
    return this.signIns.signIn({ email, password: word, address, userAgent: 'spec' });
  }

  /** Events of a type in the log, oldest first. */
  async logged<Data>(type: string): Promise<Data[]> {
    const { rows } = await this.testing.admin.query<{ body: { data: Data } }>(
      'select body::jsonb as body from bus.log where type = $1 order by id',
      [type],
    );
    return rows.map((row) => row.body.data);
  }

  private aTenant(slug: string): TenantShape {
    return {
      ...{ id: uuidv7(), operatorId: this.operatorId, slug, name: slug, shortName: slug, colour: 'teal', languages: ['en'] },
      ...{ timeZone: 'UTC', greeting: {}, hoursLine: {}, sites: [] },
    };
  }
}
