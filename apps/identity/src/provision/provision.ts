import { newEvent, type PersonShape, personChanged, type TenantShape, tenantChanged } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import { audit } from '../audit/audit';

const source = 'identity';

/** System scope. Does nothing when the operator exists. */
export async function provisionOperator(tx: Tx, operator: { id: string; name: string }): Promise<void> {
  await tx.execute('insert into operator (id, name) values ($1, $2) on conflict do nothing', [operator.id, operator.name]);
}

/** Tenant scope. Creates the tenant or brings it up to the given profile; tells everybody only when something changed. */
export async function provisionTenant(tx: Tx, tenant: TenantShape): Promise<void> {
  const row = await tx.first<{ version: number }>(
    `insert into tenant (tenant_id, operator_id, slug, profile) values ($1, $2, $3, $4)
     on conflict (tenant_id) do update set slug = excluded.slug, profile = excluded.profile, version = tenant.version + 1
       where tenant.profile is distinct from excluded.profile
     returning version`,
    [tenant.id, tenant.operatorId, tenant.slug, JSON.stringify(tenant)],
  );
  if (!row) return;
  await audit(tx, { operatorId: tenant.operatorId, tenantId: tenant.id, action: 'tenant-provisioned' });
  tx.publish(newEvent(tenantChanged, { source, tenantId: tenant.id }, { ...tenant, version: row.version }));
}

/** System scope. The password of a person who exists is left as it is; `hash` is only called for a new one. */
export async function provisionPerson(tx: Tx, person: PersonShape, hash: () => Promise<string>): Promise<void> {
  const known = await tx.first<{ version: number; profile: PersonShape }>(
    `select version, jsonb_build_object('email', email, 'name', name, 'language', language, 'chatCapacity', chat_capacity,
       'grants', coalesce((select jsonb_agg(jsonb_build_object('tenantId', tenant_id, 'role', role) order by tenant_id)
                           from person_grant where person_id = person.id), '[]')) as profile
     from person where id = $1 for update`,
    [person.id],
  );
  const grants = [...person.grants].sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  if (known && JSON.stringify(sorted(known.profile)) === JSON.stringify(sorted({ ...person, grants }))) return;
  const version = (known?.version ?? 0) + 1;
  if (known) {
    await tx.execute('update person set email = $2, name = $3, language = $4, chat_capacity = $5, version = $6 where id = $1', [
      ...[person.id, person.email, person.name, person.language, person.chatCapacity],
      version,
    ]);
  } else {
    await tx.execute(
      'insert into person (id, operator_id, email, name, language, chat_capacity, password_hash) values ($1, $2, $3, $4, $5, $6, $7)',
      [person.id, person.operatorId, person.email, person.name, person.language, person.chatCapacity, await hash()],
    );
  }
  await tx.execute('delete from person_grant where person_id = $1', [person.id]);
  await tx.execute('insert into person_grant (person_id, tenant_id, role) select $1, * from unnest($2::uuid[], $3::text[])', [
    person.id,
    grants.map((grant) => grant.tenantId),
    grants.map((grant) => grant.role),
  ]);
  await audit(tx, { operatorId: person.operatorId, personId: person.id, action: 'person-provisioned' });
  tx.publish(newEvent(personChanged, { source, tenantId: person.operatorId }, { ...person, grants, version }));
}

/** What a provisioning compares: the parts of a person that can change, in one order. */
function sorted(person: Pick<PersonShape, 'email' | 'name' | 'language' | 'chatCapacity' | 'grants'>) {
  const { email, name, language, chatCapacity, grants } = person;
  return { email, name, language, chatCapacity, grants: grants.map(({ tenantId, role }) => ({ tenantId, role })) };
}
