import type { Operator } from '../drive/operator';

/** What the figures rest on, read back from the running server. */
export interface Settings {
  serverVersion: string;
  fsync: string;
  synchronousCommit: string;
  fullPageWrites: string;
  sharedBuffers: string;
  /** Roles the services are connected as. */
  roles: { name: string; isSuperuser: boolean; bypassesRowSecurity: boolean }[];
  tables: number;
  tablesWithForcedRowSecurity: number;
}

export async function readSettings(operator: Operator): Promise<Settings> {
  const service = await operator.service('webchat');
  const admin = await operator.superuser();
  try {
    const { rows: shown } = await service.query<Omit<Settings, 'roles' | 'tables' | 'tablesWithForcedRowSecurity'>>(
      `select current_setting('server_version') as "serverVersion", current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as "synchronousCommit", current_setting('full_page_writes') as "fullPageWrites",
         current_setting('shared_buffers') as "sharedBuffers"`,
    );
    const { rows: roles } = await admin.query<Settings['roles'][number]>(
      `select distinct r.rolname as name, r.rolsuper as "isSuperuser", r.rolbypassrls as "bypassesRowSecurity"
       from pg_stat_activity a join pg_roles r on r.oid = a.usesysid where a.application_name like 'cordboard %' and a.datname = 'cordboard' order by 1`,
    );
    const { rows: counts } = await admin.query<{ tables: number; forced: number }>(
      `select count(*)::int as tables, count(*) filter (where c.relrowsecurity and c.relforcerowsecurity)::int as forced
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('bus', 'identity', 'inbox', 'routing', 'webchat')`,
    );
    const [settings] = shown;
    if (!settings || !counts[0]) throw new Error('PostgreSQL did not tell its settings.');
    return { ...settings, roles, tables: counts[0].tables, tablesWithForcedRowSecurity: counts[0].forced };
  } finally {
    await Promise.all([service.end(), admin.end()]);
  }
}

/** What would make the figures worthless, one line each. */
export function offences(settings: Settings): string[] {
  const wrong: string[] = [];
  if (settings.fsync !== 'on') wrong.push(`fsync is ${settings.fsync}`);
  if (!['on', 'remote_apply', 'remote_write', 'local'].includes(settings.synchronousCommit)) {
    wrong.push(`synchronous_commit is ${settings.synchronousCommit}`);
  }
  if (settings.fullPageWrites !== 'on') wrong.push(`full_page_writes is ${settings.fullPageWrites}`);
  if (settings.roles.length === 0) wrong.push('no service is connected');
  for (const { name, isSuperuser, bypassesRowSecurity } of settings.roles) {
    if (isSuperuser) wrong.push(`${name} is a superuser`);
    if (bypassesRowSecurity) wrong.push(`${name} bypasses row-level security`);
  }
  if (settings.tablesWithForcedRowSecurity < settings.tables || settings.tables === 0) {
    wrong.push(`row-level security is forced on ${settings.tablesWithForcedRowSecurity} of ${settings.tables} tables`);
  }
  return wrong;
}

export function describeSettings(settings: Settings): string {
  const { serverVersion, fsync, synchronousCommit, fullPageWrites, sharedBuffers, roles, tables, tablesWithForcedRowSecurity } = settings;
  return [
    `PostgreSQL ${serverVersion}: fsync=${fsync} synchronous_commit=${synchronousCommit} full_page_writes=${fullPageWrites} shared_buffers=${sharedBuffers}`,
    `Roles: ${roles.map(({ name, isSuperuser, bypassesRowSecurity }) => `${name}${isSuperuser ? ' SUPERUSER' : ''}${bypassesRowSecurity ? ' BYPASSRLS' : ''}`).join(', ')}; none is superuser or bypasses row-level security unless marked`,
    `Row-level security forced on ${tablesWithForcedRowSecurity} of the ${tables} tables`,
  ].join('\n');
}
