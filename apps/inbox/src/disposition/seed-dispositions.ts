import type { LocalizedText } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';

/** A reason or an outcome, in the order of its list. */
export interface Disposition {
  id: string;
  name: LocalizedText;
}

/** Puts a tenant's reasons and outcomes in place. May be repeated: the ids are the caller's, and the lists stand as given. */
export async function seedDispositions(
  tx: Tx,
  tenantId: string,
  lists: { reasons: readonly Disposition[]; outcomes: readonly Disposition[] },
): Promise<void> {
  for (const [table, list] of [
    ['reason', lists.reasons],
    ['outcome', lists.outcomes],
  ] as const) {
    const rows = list.map(({ id, name }, index) => ({ id, name, position: index + 1 }));
    await tx.execute(
      `insert into ${table} (tenant_id, id, name, position)
       select $1, r.id, r.name, r.position from json_to_recordset($2) as r(id uuid, name jsonb, position int)
       on conflict (tenant_id, id) do update set name = excluded.name, position = excluded.position`,
      [tenantId, JSON.stringify(rows)],
    );
  }
}
