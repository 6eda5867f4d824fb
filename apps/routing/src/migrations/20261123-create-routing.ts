import { processedTable } from '@cordboard/event-bus';
import { commandTable, definerFunction, type Migration, operatorTable, tenantTable, timerTable } from '@cordboard/persistence';

/**
 * `rank_at` is where a work item stands in line: `enqueued_at` less its steps of priority (`rankOf` in choose.ts).
 * Locks are taken in one order everywhere: timer, work item, offer, agent. The two invariants that must hold whatever
 * the code does stand here: at most one live offer per conversation (unique index), load never below zero (check).
 */
export const createRouting: Migration = {
  id: '20261123-create-routing',
  up: `
  create sequence routing.fence cache 1;
  grant usage on sequence routing.fence to cordboard_routing;

  create table routing.queue (
    tenant_id uuid not null, id uuid not null, operator_id uuid not null, name jsonb not null,
    target_ms int not null check (target_ms > 0), near_ms int not null check (near_ms between 1 and target_ms), version int not null,
    primary key (tenant_id, id)
  );
  ${tenantTable('routing', 'queue')}

  create table routing.work_item (
    tenant_id uuid not null, conversation_id uuid not null, queue_id uuid not null,
    state text not null check (state in ('queued', 'offered', 'active', 'done')), version int not null default 1,
    agent_id uuid, offer_id uuid, last_agent_id uuid,
    priority int not null default 0, enqueued_at timestamptz not null, rank_at timestamptz not null,
    refusals jsonb not null default '[]',
    channel text not null, contact_name text, preview text not null, traceparent text,
    primary key (tenant_id, conversation_id),
    check ((agent_id is not null) = (state in ('offered', 'active'))),
    check ((offer_id is not null) = (state = 'offered'))
  ) with (fillfactor = 70);
  create index work_item_waiting on routing.work_item (tenant_id, rank_at, conversation_id) where state = 'queued';
  create index work_item_of_agent on routing.work_item (agent_id) where agent_id is not null;
  ${tenantTable('routing', 'work_item')}

  create table routing.offer (
    tenant_id uuid not null, id uuid not null, conversation_id uuid not null, agent_id uuid not null,
    token bigint not null, state text not null check (state in ('live', 'accepted', 'declined', 'expired', 'withdrawn')),
    made_at timestamptz not null default now(), deadline timestamptz not null, ended_at timestamptz, detail text,
    choice text not null, inputs jsonb not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, conversation_id) references routing.work_item
  ) with (fillfactor = 80);
  create unique index offer_one_live on routing.offer (tenant_id, conversation_id) where state = 'live';
  create index offer_of_agent on routing.offer (agent_id) where state = 'live';
  ${tenantTable('routing', 'offer')}

  create table routing.agent (
    person_id uuid primary key, operator_id uuid not null, person_version int not null default 0,
    name text not null, tenants uuid[] not null, capacity int not null check (capacity between 0 and 100),
    load int not null default 0 check (load between 0 and 100),
    status text not null default 'offline' check (status in ('available', 'away', 'offline')), reason text,
    since timestamptz not null default now(), idle_since timestamptz not null default now(),
    attendance text not null default 'gone' check (attendance in ('here', 'missing', 'gone')), absence int not null default 0,
    version int not null default 0
  ) with (fillfactor = 60);
  create index agent_of_operator on routing.agent (operator_id);
  ${operatorTable('routing', 'agent')}

  create table routing.lease (
    connection_id uuid primary key, person_id uuid not null, expires_at timestamptz not null, closing boolean not null default false
  ) with (fillfactor = 60);
  create index lease_of_person on routing.lease (person_id);
  ${operatorTable('routing', 'lease')}

  ${timerTable('routing')}
  ${commandTable('routing')}
  ${processedTable('routing')}

  grant select on routing.queue, routing.work_item, routing.offer, routing.agent to cordboard_definer;

  create function routing.waiting() returns table (operator_id uuid, tenant_ids uuid[])
    language sql stable security definer set search_path = routing as $$
      select q.operator_id, array_agg(distinct q.tenant_id) from queue q
      where exists (select from work_item w where w.tenant_id = q.tenant_id and w.state = 'queued')
      group by q.operator_id order by q.operator_id
    $$;
  ${definerFunction('routing', 'waiting()')}

  create function routing.stranded_offers(at_most int) returns table (tenant_id uuid, conversation_id uuid)
    language sql stable security definer set search_path = routing as $$
      select o.tenant_id, o.conversation_id from agent a join offer o on o.agent_id = a.person_id and o.state = 'live'
      where a.load > 0 and (a.attendance <> 'here' or a.status = 'offline') order by o.made_at limit at_most
    $$;
  ${definerFunction('routing', 'stranded_offers(int)')}

  create function routing.stranded_work(at_most int) returns table (tenant_id uuid, conversation_id uuid)
    language sql stable security definer set search_path = routing as $$
      select w.tenant_id, w.conversation_id from agent a join work_item w on w.agent_id = a.person_id and w.state = 'active'
      where a.load > 0 and a.attendance = 'gone' order by w.rank_at limit at_most
    $$;
  ${definerFunction('routing', 'stranded_work(int)')}
`,
};
