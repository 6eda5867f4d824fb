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

/**
 * Rows visible in `target` and not in `done`, by id, from `after` on: for a reader that has far to go. `epoch + 0` keeps
 * the planner off the other index, where it would have to read and sort the whole epoch for each page.
 */
export function pageRows(p: { epoch: string; done: string; target: string; after: string; wanted: string; atMost: string }): string {
  return `
    select l.id, extract(epoch from l.at)::double precision * 1000, l.tenant_id, l.event_id, l.key, l.type,
      case when l.type = any (${p.wanted}) then l.body end
    from bus.log l
    where l.id > ${p.after} and l.epoch + 0 = ${p.epoch}
      and pg_visible_in_snapshot(l.xid, ${p.target}) and not pg_visible_in_snapshot(l.xid, ${p.done})
    order by l.id limit ${p.atMost}`;
}

/**
 * Rows of transactions that began after the snapshot, in that order. The order is what keeps the planner on the index: by
 * the rows' ids it would read the log from its beginning, many times a minute.
 */
export function waitingRows(p: { epoch: string; done: string; atMost: string }): string {
  return `
    select l.id, l.at from bus.log l where l.epoch = ${p.epoch} and l.xid >= pg_snapshot_xmax(${p.done})
    order by l.epoch, l.xid, l.id limit ${p.atMost}`;
}

/**
 * Of the reader's connection: plans stay on the indexes even while the tables are empty and the statistics say otherwise, and
 * no read of a few rows starts worker processes (a sorted union of two ranges looks worth it to the planner once the log is
 * large: a hundred times a second two processes came and went). A reader asks many times a second: one that is silent for
 * 5 s sleeps, and its connection is ended, so that another gets the leases it holds.
 */
export const readerSettings = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'max_parallel_workers_per_gather=0',
  'jit=off',
  'idle_session_timeout=5000',
];
