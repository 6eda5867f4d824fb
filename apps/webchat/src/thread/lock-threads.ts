import type { Tx } from '@cordboard/persistence';

const text = `
  select t.visitor_id from thread t
  where (t.tenant_id, t.visitor_id) in (select * from unnest($1::uuid[], $2::uuid[]))
  order by t.tenant_id, t.visitor_id for no key update`;

/** Locks threads in the one order everybody locks them in, (tenant, visitor). Resolves to the visitors that have one. */
export async function lockThreads(tx: Tx, threads: readonly { tenantId: string; visitorId: string }[]): Promise<Set<string>> {
  const values = [threads.map((thread) => thread.tenantId), threads.map((thread) => thread.visitorId)];
  const rows = await tx.send<{ visitor_id: string }>({ name: 'lock-threads', text, values });
  return new Set(rows.map((row) => row.visitor_id));
}
