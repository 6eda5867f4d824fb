import { serviceRole } from './roles';

/**
 * SQL that puts a table under row-level security by its `tenant_id` and gives its service the four verbs.
 * Reading follows the readable tenants, writing the writable ones: a viewer can change nothing.
 */
export function tenantTable(schema: string, table: string): string {
  const name = `${schema}.${table}`;
  const readable = 'tenant_id = any ((select app.readable_tenants())::uuid[])';
  const writable = 'tenant_id = any ((select app.writable_tenants())::uuid[])';
  return `
    alter table ${name} enable row level security;
    alter table ${name} force row level security;
    create policy tenant_select on ${name} for select using (${readable});
    create policy tenant_insert on ${name} for insert with check (${writable});
    create policy tenant_update on ${name} for update using (${writable}) with check (${writable});
    create policy tenant_delete on ${name} for delete using (${writable});
    grant select, insert, update, delete on ${name} to ${serviceRole(schema)};
  `;
}

/**
 * SQL for a table above tenants: only its service's role gets in. Every such table stands in
 * `rls-exceptions.ts` with the reason.
 */
export function operatorTable(schema: string, table: string): string {
  const name = `${schema}.${table}`;
  const role = serviceRole(schema);
  return `
    alter table ${name} enable row level security;
    alter table ${name} force row level security;
    create policy service_only on ${name} for all to ${role} using (true) with check (true);
    grant select, insert, update, delete on ${name} to ${role};
  `;
}

/** SQL that lets a service, and nobody else, run a function with the definer's sight of all tenants. */
export function definerFunction(schema: string, signature: string): string {
  return `
    alter function ${schema}.${signature} owner to cordboard_definer;
    revoke all on function ${schema}.${signature} from public;
    grant execute on function ${schema}.${signature} to ${serviceRole(schema)};
  `;
}
