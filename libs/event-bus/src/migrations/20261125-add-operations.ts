import type { Migration } from '@cordboard/persistence';
import { busFunction } from '../bus-function';

/**
 * What the operator's commands need. `installation` says in which shape the installation runs; in the distributed one no
 * group of the log can be opened any more, for it would begin again. A group that comes from the log begins in each
 * partition at `next_offset`, without the offsets `beyond`: a position of the log is a snapshot, and may show an event
 * of one key that came after an event of another it does not show. `opened_at` is missing until a consumer has come.
 */
export const addOperations: Migration = {
  id: '20261125-add-operations',
  up: `
  create table bus.installation (
    one boolean primary key default true check (one),
    shape text not null check (shape in ('standalone', 'distributed')), since timestamptz not null default now()
  );
  alter table bus.installation enable row level security;
  alter table bus.installation force row level security;
  grant select, insert, update, delete on bus.installation to cordboard_definer;

  create function bus.enter_shape(wanted text) returns table (shape text, since timestamptz)
  language plpgsql security definer set search_path = bus as $$
  begin
    insert into installation (shape)
    select case when exists (select from position where grp not like 'relay %') then 'standalone' else wanted end
    on conflict do nothing;
    return query select i.shape, i.since from installation i;
  end $$;
  ${busFunction('enter_shape(text)', 'cordboard_bus')}

  create or replace function bus.open_position(of_group text)
  returns table (version bigint, epoch int, done pg_snapshot, target pg_snapshot, last_id bigint)
  language plpgsql security definer set search_path = bus as $$
  #variable_conflict use_column
  begin
    if of_group not like 'relay %' and exists (select from installation where shape = 'distributed') then
      raise exception 'Group % reads from Kafka: this installation has been moved there.', of_group using errcode = 'CB002';
    end if;
    insert into position (grp, epoch, done) select of_group, min(number), '1:1:' from epoch on conflict do nothing;
    return query select p.version, p.epoch, p.done, p.target, p.last_id from position p where p.grp = of_group;
  end $$;

  alter table bus.partition add column beyond bigint[] not null default '{}', add column opened_at timestamptz;
  update bus.partition set opened_at = moved_at;

  drop function bus.open_partition(text, text, text, bigint);
  create function bus.open_partition(of_group text, in_cluster text, of_origin text, earliest bigint)
  returns table (version bigint, next_offset bigint, beyond bigint[])
  language sql security definer set search_path = bus as $$
    insert into partition as p (grp, cluster, origin, next_offset, opened_at) values (of_group, in_cluster, of_origin, earliest, now())
    on conflict on constraint partition_pkey do update
      set version = p.version + 1, next_offset = greatest(p.next_offset, excluded.next_offset), opened_at = coalesce(p.opened_at, now())
    returning p.version, p.next_offset, p.beyond
  $$;
  ${busFunction('open_partition(text, text, text, bigint)', 'cordboard_service')}

  -- Of a group no consumer has come for yet, all partitions: nobody knows which of them it takes.
  create function bus.partitions() returns table (grp text, cluster text, origin text, next_offset bigint)
  language sql stable security definer set search_path = bus as $$
    select grp, cluster, origin, next_offset from partition p
    where opened_at is not null
      or not exists (select from partition o where o.grp = p.grp and o.cluster = p.cluster and o.opened_at is not null)
  $$;
  ${busFunction('partitions()', 'cordboard_bus')}

  create function bus.failures() returns table (grp text, dead bigint, retrying bigint, parked bigint)
  language sql stable security definer set search_path = bus as $$
    select grp, sum(dead)::bigint, sum(retrying)::bigint, sum(parked)::bigint from (
      select grp, count(dead_at) as dead, count(*) - count(dead_at) as retrying, 0 as parked
      from dead_letter where origin <> '' and resolved_at is null group by grp
      union all
      select grp, 0, 0, count(*) from parked_event where origin <> '' group by grp
    ) f group by grp
  $$;
  ${busFunction('failures()', 'cordboard_bus')}

  -- An event may stand in Kafka twice: the second is not set aside beside the first.
  create or replace function bus.park_events(
    of_group text, of_origin text, tenants uuid[], event_ids uuid[], keys text[], types text[], bodies text[]
  ) returns setof bigint language sql security definer set search_path = bus as $$
    insert into parked_event (grp, origin, log_id, key, tenant_id, event_id, type, body)
    select of_group, of_origin, nextval(pg_get_serial_sequence('bus.log', 'id')), e.key, e.tenant, e.event_id, e.type, e.body
    from (
      select distinct on (event_id) *
      from unnest(tenants, event_ids, keys, types, bodies) with ordinality as u(tenant, event_id, key, type, body, place)
      where not exists (select from parked_event p where p.grp = of_group and p.key = u.key and p.event_id = u.event_id)
        and not exists (select from dead_letter d where d.grp = of_group and d.key = u.key and d.event_id = u.event_id and d.resolved_at is null)
      order by event_id, place
    ) e order by e.place
    returning log_id
  $$;

  -- Only a letter nobody tries any more is decided on: what is being handled at this moment can be neither skipped nor begun anew.
  create or replace function bus.replay(letter bigint) returns boolean
  language sql security definer set search_path = bus as $$
    update dead_letter set dead_at = null, tries = 0, next_try_at = now()
    where id = letter and resolved_at is null and dead_at is not null returning true
  $$;
  create or replace function bus.skip(letter bigint) returns boolean
  language sql security definer set search_path = bus as $$
    update dead_letter set resolved_at = now(), outcome = 'skipped'
    where id = letter and resolved_at is null and dead_at is not null returning true
  $$;

  create function bus.letter(of_id bigint)
  returns table (tries int, dead_at timestamptz, resolved_at timestamptz, outcome text)
  language sql stable security definer set search_path = bus as $$
    select tries, dead_at, resolved_at, outcome from dead_letter where id = of_id
  $$;
  ${busFunction('letter(bigint)', 'cordboard_service')}

  create function bus.letter_body(of_id bigint) returns text
  language sql stable security definer set search_path = bus as $$ select body from dead_letter where id = of_id $$;
  ${busFunction('letter_body(bigint)', 'cordboard_bus')}

  create function bus.unhandled(after bigint, at_most int) returns table (id bigint, event_id uuid, type text, grps text[])
  language sql stable security definer set search_path = bus as $$
    select l.id, l.event_id, l.type, array(
      select p.grp from position p
      where p.epoch < l.epoch or p.epoch = l.epoch and not (
        pg_visible_in_snapshot(l.xid, p.done)
        or p.target is not null and l.id <= coalesce(p.last_id, 0) and pg_visible_in_snapshot(l.xid, p.target)
      )
    )
    from log l where l.id > after order by l.id limit at_most
  $$;
  ${busFunction('unhandled(bigint, int)', 'cordboard_bus')}

  create function bus.log_groups() returns table (grp text, version bigint)
  language sql stable security definer set search_path = bus as $$ select grp, version from position $$;
  ${busFunction('log_groups()', 'cordboard_bus')}

  create function bus.unsettled_keys() returns table (grp text, key text, type text, origin text)
  language sql stable security definer set search_path = bus as $$
    select grp, key, type, origin from dead_letter where resolved_at is null
    union
    select grp, key, type, origin from parked_event
  $$;
  ${busFunction('unsettled_keys()', 'cordboard_bus')}

  -- Failed and waiting events belong where the next events of their key come from.
  create function bus.rehome(places jsonb) returns table (letters bigint, parked bigint)
  language sql security definer set search_path = bus as $$
    with place as (select * from jsonb_to_recordset(places) as p(grp text, key text, type text, origin text, home text)),
    letter as (
      update dead_letter d set origin = p.home from place p
      where d.grp = p.grp and d.key = p.key and d.type = p.type and d.origin = p.origin and d.resolved_at is null returning 1
    ),
    waiting as (
      update parked_event e set origin = p.home from place p
      where e.grp = p.grp and e.key = p.key and e.type = p.type and e.origin = p.origin returning 1
    )
    select (select count(*) from letter), (select count(*) from waiting)
  $$;
  ${busFunction('rehome(jsonb)', 'cordboard_bus')}

  -- Called last: the groups leave the log, or they stay.
  create function bus.move_to_kafka(in_cluster text, relay text, groups jsonb, places jsonb) returns void
  language plpgsql security definer set search_path = bus as $$
  begin
    lock table position in exclusive mode;
    if exists (
      select from position p where p.grp not like 'relay %' and not exists (
        select from jsonb_to_recordset(groups) as g(grp text, version bigint) where g.grp = p.grp and g.version = p.version
      )
    ) then
      raise exception 'A group has moved on in the log meanwhile.' using errcode = 'CB001';
    end if;
    insert into partition (grp, cluster, origin, next_offset, beyond)
    select grp, in_cluster, origin, next_offset, beyond
    from jsonb_to_recordset(places) as p(grp text, origin text, next_offset bigint, beyond bigint[]);
    delete from position where grp <> relay;
    insert into installation (shape) values ('distributed') on conflict (one) do update set shape = 'distributed', since = now();
  end $$;
  ${busFunction('move_to_kafka(text, text, jsonb, jsonb)', 'cordboard_bus')}
`,
};
