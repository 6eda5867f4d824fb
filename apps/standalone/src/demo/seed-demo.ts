import type { PersonShape } from '@cordboard/events';
import { Database, rolePassword, serviceRole } from '@cordboard/persistence';
import { PasswordHasher } from '../../../identity/src/password/password-hasher';
import { provisionOperator, provisionPerson, provisionTenant } from '../../../identity/src/provision/provision';
import { seedDispositions } from '../../../inbox/src/disposition/seed-dispositions';
import type { StandaloneConfig } from '../standalone.config';
import { type DemoPerson, demoOperator, demoPassword, demoPeople, demoTenants } from './demo-data';
import { extraAgents } from './extra-agents';

/**
 * Puts the demo in: operator, tenants, people, reasons and outcomes. Ids are fixed, so a second time changes nothing.
 * Sites are where `npm start` serves them: on 127.0.0.1, another site than the console's localhost.
 */
export async function seedDemo(config: StandaloneConfig, databaseUrl: string, masterKey: Buffer): Promise<void> {
  const open = (service: string) => {
    const role = serviceRole(service);
    const password = rolePassword(masterKey, role);
    return new Database({ url: databaseUrl, role, password, name: `${service} seed`, poolSize: 1, onError: () => undefined });
  };
  const identity = open('identity');
  const inbox = open('inbox');
  try {
    await seedTenants(identity, `http://127.0.0.1:${config.port}`);
    await seedPeople(identity, [...demoPeople, ...extraAgents(config.demoAgents, config.demoCapacity)]);
    for (const tenant of demoTenants) {
      await inbox.tenant(tenant.id, (tx) => seedDispositions(tx, tenant.id, { reasons: tenant.reasons, outcomes: tenant.outcomes }));
    }
  } finally {
    await Promise.all([identity.close(), inbox.close()]);
  }
}

async function seedTenants(identity: Database, site: string): Promise<void> {
  await identity.system((tx) => provisionOperator(tx, demoOperator));
  for (const { reasons: _, outcomes: __, ...tenant } of demoTenants) {
    await identity.tenant(tenant.id, (tx) => provisionTenant(tx, { ...tenant, sites: [site] }));
  }
}

/** All demo people share one password, so it is hashed once. */
async function seedPeople(identity: Database, people: readonly DemoPerson[]): Promise<void> {
  let hashed: Promise<string> | undefined;
  const hash = () => {
    hashed ??= new PasswordHasher().hash(demoPassword);
    return hashed;
  };
  for (const { title: _, ...person } of people) {
    const shape: PersonShape = { ...person, archivedAt: null };
    await identity.system((tx) => provisionPerson(tx, shape, hash));
  }
}
