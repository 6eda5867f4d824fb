import type { Migration } from '@cordboard/persistence';
import { busFunction } from '../bus-function';

/**
 * Groups on Kafka. A position is the next offset of a partition of one cluster; `open_partition` moves its version, so
 * that what an earlier owner still has in hand cannot commit. Failed and waiting events of a partition carry its name
 * (`origin`, empty for the log) and are tried again by whoever owns it. Their `log_id` is drawn from the log's own
 * sequence when they are set aside: it is the order in which they came.
 *
 * The functions of the first step that know no origin stay for services of the version before.
 */
export const addPartitions: Migration = {
  id: '20261124-add-partitions',
  up: `
  alter table bus.dead_letter add column origin text not null default '';
  alter table bus.parked_event add column origin text not null default '';

  create table bus.partition (
    grp text not null, cluster text not null, origin text not null, version bigint not null default 0,
    next_offset bigint not null, moved_at timestamptz not null default now(), primary key (grp, cluster, origin)
  ) with (fillfactor = 20);
  alter table bus.partition enable row level security;
  alter table bus.partition force row level security;
  grant select, insert, update, delete on bus.partition to cordboard_definer;

  create function bus.open_partition(of_group text, in_cluster text, of_origin text, earliest bigint)
  returns table (version bigint, next_offset bigint)
  language sql security definer set search_path = bus as $$
    insert into partition as p (grp, cluster, origin, next_offset) values (of_group, in_cluster, of_origin, earliest)
    on conflict on constraint partition_pkey do update
      set version = p.version + 1, next_offset = greatest(p.next_offset, excluded.next_offset)
    returning p.version, p.next_offset
  $$;
  ${busFunction('open_partition(text, text, text, bigint)')}

  create function bus.advance_partition(of_group text, in_cluster text, of_origin text, from_version bigint, to_offset bigint)
  returns void language plpgsql security definer set search_path = bus as $$
  begin
    update partition set version = version + 1, next_offset = to_offset, moved_at = now()
    where grp = of_group and cluster = in_cluster and origin = of_origin and version = from_version;
    if not found then
      raise exception 'Another process has taken over % of group %.', of_origin, of_group using errcode = 'CB001';
    end if;
  end $$;
  ${busFunction('advance_partition(text, text, text, bigint, bigint)')}

  create function bus.park_events(of_group text, of_origin text, tenants uuid[], event_ids uuid[], keys text[], types text[], bodies text[])
  returns setof bigint language sql security definer set search_path = bus as $$
    insert into parked_event (grp, origin, log_id, key, tenant_id, event_id, type, body)
    select of_group, of_origin, nextval(pg_get_serial_sequence('bus.log', 'id')), e.key, e.tenant, e.event_id, e.type, e.body
    from (
      select * from unnest(tenants, event_ids, keys, types, bodies) with ordinality as u(tenant, event_id, key, type, body, place) order by place
    ) e
    returning log_id
  $$;
  grant usage on sequence bus.log_id_seq to cordboard_definer;
  ${busFunction('park_events(text, text, uuid[], uuid[], text[], text[], text[])')}

  create or replace function bus.fail(of_group text, of_log_id bigint, why text, does_park boolean, wait_ms int) returns void
  language sql security definer set search_path = bus as $$
    with parked as (delete from parked_event where grp = of_group and log_id = of_log_id returning *),
    source as (
      select origin, log_id, key, tenant_id, event_id, type, body from parked
      union all
      select '', id, key, tenant_id, event_id, type, body from log where id = of_log_id and not exists (select from parked)
    )
    insert into dead_letter (grp, origin, log_id, key, tenant_id, event_id, type, body, error, parks, next_try_at)
    select of_group, origin, log_id, key, tenant_id, event_id, type, body, why, does_park, now() + wait_ms * interval '1 ms' from source
  $$;

  create function bus.next_retry(of_group text, of_origin text)
  returns table (letter bigint, log_id bigint, key text, tenant_id uuid, event_id uuid, type text, body text, tries int)
  language sql stable security definer set search_path = bus as $$
    (select id, log_id, key, tenant_id, event_id, type, body, tries from dead_letter
     where grp = of_group and origin = of_origin and resolved_at is null and dead_at is null and next_try_at <= now() order by id limit 1)
    union all
    (select null, log_id, key, tenant_id, event_id, type, body, 0 from parked_event p
     where grp = of_group and origin = of_origin and not exists (
       select from dead_letter d where d.grp = of_group and d.key = p.key and d.origin = p.origin and d.parks and d.resolved_at is null
     ) order by log_id limit 1)
    limit 1
  $$;
  ${busFunction('next_retry(text, text)')}

  create function bus.parked_keys(of_group text, of_origin text) returns table (key text, parked boolean)
  language sql stable security definer set search_path = bus as $$
    select key, bool_or(parks) from (
      select key, parks from dead_letter where grp = of_group and origin = of_origin and resolved_at is null
      union all
      select key, true from parked_event where grp = of_group and origin = of_origin
    ) waiting group by key
  $$;
  ${busFunction('parked_keys(text, text)')}

  create or replace function bus.dead_letters()
  returns table (id bigint, grp text, key text, tenant_id uuid, event_id uuid, type text, error text, tries int, failed_at timestamptz, dead_at timestamptz, waiting bigint)
  language sql stable security definer set search_path = bus as $$
    select id, grp, key, tenant_id, event_id, type, error, tries, failed_at, dead_at,
      (select count(*) from parked_event p where p.grp = d.grp and p.key = d.key and p.origin = d.origin)
    from dead_letter d where resolved_at is null order by id
  $$;
`,
};
