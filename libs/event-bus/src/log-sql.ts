/**
 * Rows of the log visible now and not in the snapshot `done`, by id. Two index ranges: transactions that began after
 * the snapshot, and those it saw in progress. The arguments are SQL expressions: parameters of the function in the
 * migration, `$1` … in the spec that checks the plan.
 */
export function newRows(p: { epoch: string; done: string; wanted: string; atMost: string }): string {
  const columns = 'l.id, l.at, l.tenant_id, l.event_id, l.key, l.type, l.body';
  return `
    select pg_current_snapshot(), n.id, extract(epoch from n.at)::double precision * 1000, n.tenant_id, n.event_id, n.key, n.type,
      case when n.type = any (${p.wanted}) then n.body end
    from (
      select ${columns} from bus.log l where l.epoch = ${p.epoch} and l.xid >= pg_snapshot_xmax(${p.done})
      union all
      select ${columns} from bus.log l where l.epoch = ${p.epoch} and l.xid = any (array(select pg_snapshot_xip(${p.done})))
    ) n
    order by n.id limit ${p.atMost}`;
}
