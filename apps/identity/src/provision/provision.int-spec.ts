import type { PersonShape, TenantShape } from '@cordboard/events';
import { IdentityFixture, password } from '../../testing/identity-fixture';
import { DirectoryController } from '../directory/directory.controller';
import { provisionPerson, provisionTenant } from './provision';

describe('provisioning', () => {
  let identity: IdentityFixture;
  beforeAll(async () => {
    identity = await IdentityFixture.start();
  });
  afterAll(() => identity.close());

  it('tells the whole person once, and nothing when nothing changed', async () => {
    const person = await identity.aPerson();
    const again = () =>
      identity.database.system((tx) => provisionPerson(tx, person, () => Promise.reject(new Error('The password is kept.'))));
    await again();
    await again();
    const told = async () =>
      (await identity.logged<PersonShape & { version: number }>('person.changed')).filter(({ id }) => id === person.id);
    expect(await told()).toEqual([{ ...person, version: 1 }]);
    const grants = [{ tenantId: identity.shop.id, role: 'supervisor' as const }];
    await identity.database.system((tx) =>
      provisionPerson(tx, { ...person, grants }, () => Promise.reject(new Error('The password is kept.'))),
    );
    expect((await told()).at(-1)).toEqual({ ...person, grants, version: 2 });
    await expect(identity.signIn(person.email, password)).resolves.toMatchObject({ actor: { grants } });
  });

  it('tells a tenant only when it changed', async () => {
    const { clinic } = identity;
    await identity.database.tenant(clinic.id, (tx) => provisionTenant(tx, clinic));
    await identity.database.tenant(clinic.id, (tx) => provisionTenant(tx, { ...clinic, name: 'Sever Clinics' }));
    const told = (await identity.logged<TenantShape & { version: number }>('tenant.changed')).filter(({ id }) => id === clinic.id);
    expect(told.map(({ name, version }) => ({ name, version }))).toEqual([
      { name: 'clinic', version: 1 },
      { name: 'Sever Clinics', version: 2 },
    ]);
  });

  it('lets people see their own tenants and the colleagues there, nobody else', async () => {
    const maria = await identity.aPerson({ name: 'Maria Kern' });
    const kate = await identity.aPerson({ name: 'Kate Lee', grants: [{ tenantId: identity.shop.id, role: 'agent' }] });
    const directory = new DirectoryController(identity.database);
    const { actor } = await identity.signIn(maria.email);
    expect((await directory.getTenants({ actor, input: {} })).map(({ id }) => id)).toEqual([identity.clinic.id]);
    const ids = (await directory.getPeople({ actor, input: {} })).map(({ id }) => id);
    expect(ids).toContain(maria.id);
    expect(ids).not.toContain(kate.id);
  });
});
