import { type Migration, withoutStatistics } from '@cordboard/persistence';
import { busFunction } from '../bus-function';
import { newRows, pageRows } from '../log-sql';

/**
 * No role may touch a table: rows come in through `append` and go out through `read_new` and `read_page`.
 *
 * Why a reader misses nothing and keeps the order of a key (docs/adr/0003): `append` takes the advisory lock of each
 * key, in order of its hash, before it draws ids, and PostgreSQL frees the lock after the transaction has become
 * visible. So of two events of one key the later id was drawn when the earlier was already visible, and every
 * snapshot that shows the later shows the earlier.
 */
export const createLog: Migration = {
  id: '20261123-create-log',
  up: `
  grant usage on schema bus to cordboard_service;

  create table bus.epoch (
    number int primary key, system_identifier bigint not null, started_at timestamptz not null default now()
  );
  insert into bus.epoch select 1, system_identifier from pg_control_system();

  create table bus.log (
    epoch int not null, xid xid8 not null default pg_current_xact_id(), id bigint generated always as identity (cache 1),
    topic text not null, tenant_id uuid not null, event_id uuid not null, key text not null, type text not null,
    body text not null, at timestamptz not null default clock_timestamp(),
    primary key (id)
  ) with (autovacuum_analyze_scale_factor = 1);
  ${withoutStatistics('bus.log', 'topic', 'tenant_id', 'event_id', 'key', 'type', 'body', 'at')}
  create index log_xid on bus.log (epoch, xid, id);

  create table bus.entity (topic text not null, key text not null, id bigint not null, primary key (topic, key)) with (fillfactor = 70);
  create index entity_id on bus.entity (id);

  create table bus.position (
    grp text primary key, version bigint not null default 0, epoch int not null,
    done pg_snapshot not null, target pg_snapshot, last_id bigint, moved_at timestamptz not null default now()
  ) with (fillfactor = 20);

  create table bus.dead_letter (
    id bigint generated always as identity primary key, grp text not null, key text not null, parks boolean not null,
    log_id bigint not null, tenant_id uuid not null, event_id uuid not null, type text not null, body text not null,
    error text not null, tries int not null default 1,
    failed_at timestamptz not null default now(), next_try_at timestamptz not null, dead_at timestamptz,
    resolved_at timestamptz, outcome text check (outcome in ('replayed', 'skipped'))
  );
  create index dead_letter_open on bus.dead_letter (grp, key) where resolved_at is null;

  create table bus.parked_event (
    grp text not null, log_id bigint not null, key text not null, tenant_id uuid not null, event_id uuid not null,
    type text not null, body text not null, primary key (grp, log_id)
  );
  create index parked_event_key on bus.parked_event (grp, key, log_id);

  ${['epoch', 'log', 'entity', 'position', 'dead_letter', 'parked_event']
    .map(
      (table) => `
    alter table bus.${table} enable row level security;
    alter table bus.${table} force row level security;
    grant select, insert, update, delete on bus.${table} to cordboard_definer;
  `,
    )
    .join('')}
  grant pg_read_all_stats to cordboard_definer;

  create function bus.enter_epoch() returns int language plpgsql security definer set search_path = bus as $$
  declare
    current_number int; known bigint; actual bigint;
  begin
    select system_identifier into actual from pg_control_system();
    select number, system_identifier into current_number, known from epoch order by number desc limit 1;
    if known = actual and not exists (
      select from log where epoch = current_number and xid >= pg_snapshot_xmax(pg_current_snapshot()) and xid <> pg_current_xact_id()
    ) then return current_number; end if;
    lock table epoch in exclusive mode;
    insert into epoch select max(number) + 1, actual from epoch having max(number) = current_number;
    return (select max(number) from epoch);
  end $$;
  ${busFunction('enter_epoch()', 'cordboard_bus')}

  create function bus.append(topics text[], tenants uuid[], event_ids uuid[], keys text[], types text[], entity boolean[], bodies text[])
  returns void language plpgsql security definer set search_path = bus as $$
  declare
    current_number int; known bigint;
  begin
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'Events are published in READ COMMITTED transactions only, this one is %.', current_setting('transaction_isolation')
        using errcode = '25001';
    end if;
    perform pg_advisory_xact_lock(hash) from (select distinct hashtextextended(k, 1112888064) hash from unnest(keys) k order by hash) locks;
    select number, system_identifier into current_number, known from bus.epoch order by number desc limit 1;
    -- A session stays with its server: whose it is stands in a file, which is read once per session.
    if current_setting('bus.system', true) is distinct from known::text then
      if known <> (select system_identifier from pg_control_system()) then current_number := bus.enter_epoch(); end if;
      perform set_config('bus.system', (select system_identifier::text from pg_control_system()), false);
    end if;
    with appended as (
      insert into log (epoch, topic, tenant_id, event_id, key, type, body)
      select current_number, e.topic, e.tenant, e.event_id, e.key, e.type, e.body
      from unnest(topics, tenants, event_ids, keys, types, bodies) with ordinality as e(topic, tenant, event_id, key, type, body, place)
      order by e.place
      returning log.id, log.topic, log.key
    )
    insert into entity as kept (topic, key, id)
    select a.topic, a.key, max(a.id) from appended a
    where a.topic = any (array(select t from unnest(topics, entity) as u(t, is_entity) where is_entity))
    group by a.topic, a.key
    on conflict on constraint entity_pkey do update set id = excluded.id;
  end $$;
  ${busFunction('append(text[], uuid[], uuid[], text[], text[], boolean[], text[])', 'cordboard_service')}

  create function bus.read_new(in_epoch int, done pg_snapshot, wanted text[], at_most int)
  returns table (now_at pg_snapshot, id bigint, at_ms double precision, tenant_id uuid, event_id uuid, key text, type text, body text)
  language plpgsql stable security definer set search_path = bus as $$
  #variable_conflict use_column
  begin
    return query ${newRows({ epoch: 'in_epoch', done: 'done', wanted: 'wanted', atMost: 'at_most' })};
    if not found then
      return query select pg_current_snapshot(), null::bigint, null::double precision, null::uuid, null::uuid, null::text, null::text, null::text;
    end if;
  end $$;
  ${busFunction('read_new(int, pg_snapshot, text[], int)', 'cordboard_bus')}

  -- The bound of each range is what counts, so it is read first: "min" alone would walk all ids from the oldest on.
  create function bus.first_new(in_epoch int, done pg_snapshot) returns bigint
  language sql stable security definer set search_path = bus as $$
    select min(id) from (
      select id from log where epoch = in_epoch and xid >= pg_snapshot_xmax(done)
      union all
      select id from log where epoch = in_epoch and xid = any (array(select pg_snapshot_xip(done)))
      offset 0
    ) n
  $$;
  ${busFunction('first_new(int, pg_snapshot)', 'cordboard_bus')}

  create function bus.read_page(in_epoch int, done pg_snapshot, target pg_snapshot, after bigint, wanted text[], at_most int)
  returns table (id bigint, at_ms double precision, tenant_id uuid, event_id uuid, key text, type text, body text)
  language sql stable security definer set search_path = bus as $$
    ${pageRows({ epoch: 'in_epoch', done: 'done', target: 'target', after: 'after', wanted: 'wanted', atMost: 'at_most' })}
  $$;
  ${busFunction('read_page(int, pg_snapshot, pg_snapshot, bigint, text[], int)', 'cordboard_bus')}

  create function bus.open_position(of_group text)
  returns table (version bigint, epoch int, done pg_snapshot, target pg_snapshot, last_id bigint)
  language plpgsql security definer set search_path = bus as $$
  #variable_conflict use_column
  begin
    insert into position (grp, epoch, done) select of_group, min(number), '1:1:' from epoch on conflict do nothing;
    return query select p.version, p.epoch, p.done, p.target, p.last_id from position p where p.grp = of_group;
  end $$;
  ${busFunction('open_position(text)', 'cordboard_bus')}

  create function bus.advance(of_group text, from_version bigint, to_epoch int, to_done pg_snapshot, to_target pg_snapshot, to_last_id bigint)
  returns void language plpgsql security definer set search_path = bus as $$
  begin
    update position set version = version + 1, epoch = to_epoch, done = to_done, target = to_target, last_id = to_last_id, moved_at = now()
    where grp = of_group and version = from_version;
    if not found then
      raise exception 'Another process has taken over group %.', of_group using errcode = 'CB001';
    end if;
  end $$;
  ${busFunction('advance(text, bigint, int, pg_snapshot, pg_snapshot, bigint)', 'cordboard_service')}

  create function bus.park(of_group text, log_ids bigint[]) returns void
  language sql security definer set search_path = bus as $$
    insert into parked_event (grp, log_id, key, tenant_id, event_id, type, body)
    select of_group, id, key, tenant_id, event_id, type, body from log where id = any (log_ids)
    on conflict do nothing
  $$;
  ${busFunction('park(text, bigint[])', 'cordboard_service')}

  create function bus.fail(of_group text, of_log_id bigint, why text, does_park boolean, wait_ms int) returns void
  language sql security definer set search_path = bus as $$
    with parked as (delete from parked_event where grp = of_group and log_id = of_log_id returning *),
    source as (
      select log_id, key, tenant_id, event_id, type, body from parked
      union all
      select id, key, tenant_id, event_id, type, body from log where id = of_log_id and not exists (select from parked)
    )
    insert into dead_letter (grp, log_id, key, tenant_id, event_id, type, body, error, parks, next_try_at)
    select of_group, log_id, key, tenant_id, event_id, type, body, why, does_park, now() + wait_ms * interval '1 ms' from source
  $$;
  ${busFunction('fail(text, bigint, text, boolean, int)', 'cordboard_service')}

  create function bus.fail_again(letter bigint, why text, wait_ms int, max_tries int) returns boolean
  language sql security definer set search_path = bus as $$
    update dead_letter set tries = tries + 1, error = why, next_try_at = now() + wait_ms * interval '1 ms',
      dead_at = case when tries + 1 >= max_tries then now() end
    where id = letter and resolved_at is null
    returning dead_at is not null
  $$;
  ${busFunction('fail_again(bigint, text, int, int)', 'cordboard_service')}

  create function bus.next_retry(of_group text)
  returns table (letter bigint, log_id bigint, key text, tenant_id uuid, event_id uuid, type text, body text, tries int)
  language sql stable security definer set search_path = bus as $$
    (select id, log_id, key, tenant_id, event_id, type, body, tries from dead_letter
     where grp = of_group and resolved_at is null and dead_at is null and next_try_at <= now() order by id limit 1)
    union all
    (select null, log_id, key, tenant_id, event_id, type, body, 0 from parked_event p
     where grp = of_group and not exists (
       select from dead_letter d where d.grp = of_group and d.key = p.key and d.parks and d.resolved_at is null
     ) order by log_id limit 1)
    limit 1
  $$;
  ${busFunction('next_retry(text)', 'cordboard_service')}

  create function bus.parked_keys(of_group text) returns table (key text, parked boolean)
  language sql stable security definer set search_path = bus as $$
    select key, bool_or(parks) from (
      select key, parks from dead_letter where grp = of_group and resolved_at is null
      union all
      select key, true from parked_event where grp = of_group
    ) waiting group by key
  $$;
  ${busFunction('parked_keys(text)', 'cordboard_service')}

  create function bus.settle(of_group text, letter bigint, of_log_id bigint) returns void
  language plpgsql security definer set search_path = bus as $$
  begin
    update dead_letter set resolved_at = now(), outcome = 'replayed' where id = letter;
    delete from parked_event where grp = of_group and log_id = of_log_id;
  end $$;
  ${busFunction('settle(text, bigint, bigint)', 'cordboard_service')}

  create function bus.replay(letter bigint) returns boolean
  language sql security definer set search_path = bus as $$
    update dead_letter set dead_at = null, tries = 0, next_try_at = now() where id = letter and resolved_at is null returning true
  $$;
  ${busFunction('replay(bigint)', 'cordboard_service')}

  create function bus.skip(letter bigint) returns boolean
  language sql security definer set search_path = bus as $$
    update dead_letter set resolved_at = now(), outcome = 'skipped' where id = letter and resolved_at is null returning true
  $$;
  ${busFunction('skip(bigint)', 'cordboard_service')}

  create function bus.dead_letters()
  returns table (id bigint, grp text, key text, tenant_id uuid, event_id uuid, type text, error text, tries int, failed_at timestamptz, dead_at timestamptz, waiting bigint)
  language sql stable security definer set search_path = bus as $$
    select id, grp, key, tenant_id, event_id, type, error, tries, failed_at, dead_at,
      (select count(*) from parked_event p where p.grp = d.grp and p.key = d.key)
    from dead_letter d where resolved_at is null order by id
  $$;
  ${busFunction('dead_letters()', 'cordboard_service')}

  create function bus.sweep(after bigint, at_most int, older_than interval) returns table (deleted bigint, next bigint)
  language plpgsql security definer set search_path = bus as $$
  declare
    last bigint;
  begin
    select max(id) into last from (select id from log where id > after and at < now() - older_than order by id limit at_most) slice;
    with gone as (
      delete from log l where l.id > after and l.id <= last and l.at < now() - older_than
        and not exists (select from entity e where e.id = l.id)
        and not exists (
          select from position p where p.epoch < l.epoch or (p.epoch = l.epoch and not pg_visible_in_snapshot(l.xid, p.done))
        )
      returning 1
    ) select count(*) into deleted from gone;
    next := last;
    return next;
  end $$;
  ${busFunction('sweep(bigint, int, interval)', 'cordboard_bus')}

  create function bus.forget_group(of_group text) returns void
  language sql security definer set search_path = bus as $$
    delete from position where grp = of_group;
    delete from parked_event where grp = of_group;
    delete from dead_letter where grp = of_group;
  $$;
  ${busFunction('forget_group(text)', 'cordboard_bus')}

  create function bus.health() returns table (grp text, lag bigint, lag_ms double precision, dead bigint, retrying bigint, parked bigint, horizon_ms double precision)
  language sql stable security definer set search_path = bus as $$
    select p.grp,
      (select count(*) from (select from log l where l.epoch = p.epoch and l.xid >= pg_snapshot_xmax(p.done) and l.id > coalesce(p.last_id, 0) limit 10000) waiting),
      coalesce((
        select extract(epoch from clock_timestamp() - l.at) * 1000 from log l
        where l.epoch = p.epoch and l.xid >= pg_snapshot_xmax(p.done) and l.id > coalesce(p.last_id, 0) order by l.xid limit 1
      ), 0)::double precision,
      (select count(*) from dead_letter d where d.grp = p.grp and d.resolved_at is null and d.dead_at is not null),
      (select count(*) from dead_letter d where d.grp = p.grp and d.resolved_at is null and d.dead_at is null),
      (select count(*) from parked_event e where e.grp = p.grp),
      (select coalesce(max(extract(epoch from clock_timestamp() - xact_start) * 1000), 0)::double precision from pg_stat_activity where backend_xid is not null)
    from position p
  $$;
  ${busFunction('health()', 'cordboard_bus')}
`,
};
