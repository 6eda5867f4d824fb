import type { Migration } from '@cordboard/persistence';
import { waitingRows } from '../log-sql';

/**
 * A row is compressed when it has more than 2,000 bytes, and what an inbox records has about as many: each was packed to be read,
 * and unpacked, a few milliseconds later. Rows up to 8,160 bytes, a page, stay as they are. Rows come, are read once and
 * are deleted after a week: nothing is gained by vacuuming the table for what was added to it, and right after a checkpoint
 * it wrote every page of the log a second time. `health` counts what waits by the index in whose order it reads.
 */
export const quietenLog: Migration = {
  id: '20261126-quieten-log',
  up: `
  alter table bus.log set (toast_tuple_target = 8160, autovacuum_vacuum_insert_threshold = -1);

  create or replace function bus.health()
  returns table (grp text, lag bigint, lag_ms double precision, dead bigint, retrying bigint, parked bigint, horizon_ms double precision)
  language sql stable security definer set search_path = bus as $$
    select p.grp, w.lag, w.lag_ms,
      (select count(*) from dead_letter d where d.grp = p.grp and d.resolved_at is null and d.dead_at is not null),
      (select count(*) from dead_letter d where d.grp = p.grp and d.resolved_at is null and d.dead_at is null),
      (select count(*) from parked_event e where e.grp = p.grp),
      (select coalesce(max(extract(epoch from clock_timestamp() - xact_start) * 1000), 0)::double precision from pg_stat_activity where backend_xid is not null)
    from position p cross join lateral (
      select count(*) as lag, coalesce(extract(epoch from clock_timestamp() - min(n.at)) * 1000, 0)::double precision as lag_ms
      from (${waitingRows({ epoch: 'p.epoch', done: 'p.done', atMost: '10000' })}) n
      where n.id > coalesce(p.last_id, 0)
    ) w
  $$;
`,
};
