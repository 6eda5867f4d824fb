import type { Tx } from '@cordboard/persistence';
import type { NamedOption } from '@cordboard/rpc';

const list = (table: 'reason' | 'outcome') => ({
  text: `select d.id, d.tenant_id as "tenantId", d.name, d.position
    from unnest($1::uuid[]) as t(id) join ${table} d on d.tenant_id = t.id and d.archived_at is null
    order by d.tenant_id, d.position, d.id`,
});

/** Reasons and outcomes that may be chosen, in the order of each tenant's list. */
export async function readDispositions(tx: Tx, tenantIds: readonly string[]): Promise<{ reasons: NamedOption[]; outcomes: NamedOption[] }> {
  const [reasons, outcomes] = await Promise.all([
    tx.query<NamedOption>({ ...list('reason'), values: [tenantIds] }),
    tx.query<NamedOption>({ ...list('outcome'), values: [tenantIds] }),
  ]);
  return { reasons, outcomes };
}
