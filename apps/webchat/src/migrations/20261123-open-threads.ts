import { processedTable } from '@cordboard/event-bus';
import { definerFunction, type Migration, serviceRole, tenantTable, withoutStatistics } from '@cordboard/persistence';

/**
 * Sites, visitors, threads and their messages. A thread's row changes with each message, its visitor's mark (how far
 * they have received and read) with each look, so none of those columns is indexed and the pages keep room for the new
 * version: the update stays inside its page (HOT). They are two rows so that writing and reading do not wait for each other.
 * A message never changes. It has no foreign key to its thread: the statement that writes it updates the thread's row.
 *
 * The role plans for full tables from its first statement on: a prepared plan made while the tables were empty would
 * scan them until the next analyze, and set-wise statements join a handful of rows to an index, never table to table.
 */
export const openThreads: Migration = {
  id: '20261123-open-threads',
  up: `
  alter role ${serviceRole('webchat')} set plan_cache_mode = force_generic_plan;
  alter role ${serviceRole('webchat')} set enable_seqscan = off;
  alter role ${serviceRole('webchat')} set enable_hashjoin = off;
  alter role ${serviceRole('webchat')} set enable_mergejoin = off;

  create table webchat.site (
    tenant_id uuid primary key, version int not null, slug text not null, name text not null, colour text not null,
    languages text[] not null, greeting jsonb not null, hours_line jsonb not null, sites text[] not null
  );
  create index site_slug on webchat.site (slug);
  ${tenantTable('webchat', 'site')}
  grant select on webchat.site to cordboard_definer;

  create function webchat.site_by_slug(wanted text) returns setof webchat.site
    language sql stable security definer set search_path = webchat as $$
      select * from site where slug = wanted order by tenant_id limit 1
    $$;
  ${definerFunction('webchat', 'site_by_slug(text)')}

  create table webchat.visitor (
    tenant_id uuid not null, id uuid not null, token_hash bytea not null, language text,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  ${tenantTable('webchat', 'visitor')}

  create table webchat.thread (
    tenant_id uuid not null, visitor_id uuid not null,
    last_n int not null default 0,
    conversation_id uuid, agent_name text,
    primary key (tenant_id, visitor_id),
    foreign key (tenant_id, visitor_id) references webchat.visitor (tenant_id, id)
  ) with (fillfactor = 60);
  ${tenantTable('webchat', 'thread')}

  create table webchat.mark (
    tenant_id uuid not null, visitor_id uuid not null, delivered_n int not null default 0, read_n int not null default 0,
    primary key (tenant_id, visitor_id),
    foreign key (tenant_id, visitor_id) references webchat.visitor (tenant_id, id)
  ) with (fillfactor = 60);
  ${tenantTable('webchat', 'mark')}

  create table webchat.message (
    tenant_id uuid not null, visitor_id uuid not null, n int not null, id uuid not null,
    direction text not null check (direction in ('in', 'out')), text text not null,
    client_msg_id uuid, entry_id uuid, conversation_id uuid, author_name text,
    at timestamptz not null,
    primary key (tenant_id, visitor_id, n),
    check ((direction = 'in') = (client_msg_id is not null)),
    check ((direction = 'out') = (entry_id is not null))
  ) with (autovacuum_analyze_scale_factor = 1);
  ${withoutStatistics('webchat.message', 'text', 'author_name')}
  create unique index message_client on webchat.message (tenant_id, visitor_id, client_msg_id) where client_msg_id is not null;
  create unique index message_entry on webchat.message (tenant_id, entry_id) where entry_id is not null;
  ${tenantTable('webchat', 'message')}

  ${processedTable('webchat')}
  `,
};
