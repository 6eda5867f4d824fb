import { definerFunction, tenantTable, withoutStatistics } from '@cordboard/persistence';

/**
 * SQL of a service's table of handled events: an event that reaches a group twice has its effect once. Kept a day
 * longer than the log keeps its rows; every service with an event handler has it in its first migration.
 */
export const processedTable = (schema: string) => `
  create table ${schema}.processed (
    tenant_id uuid not null, grp text not null, event_id uuid not null, at timestamptz not null default now(),
    primary key (tenant_id, grp, event_id)
  ) with (autovacuum_analyze_scale_factor = 1);
  ${withoutStatistics(`${schema}.processed`, 'event_id')}
  create index on ${schema}.processed using brin (at);
  ${tenantTable(schema, 'processed')}
  grant select, delete on ${schema}.processed to cordboard_definer;
  create function ${schema}.sweep_processed(at_most int) returns bigint
    language sql security definer set search_path = ${schema} as $$
      with old as (
        delete from processed where ctid = any (array(select ctid from processed where at < now() - interval '8 days' limit at_most))
        returning 1
      ) select count(*) from old
    $$;
  ${definerFunction(schema, 'sweep_processed(int)')}
`;
