import type { CordboardProcess } from '../drive/cordboard-process';
import type { Operator } from '../drive/operator';

const shown = 25;

/** Restarts Cordboard with PostgreSQL's own account of statements switched on: for --profile, it costs a little. */
export async function countStatements(cordboard: CordboardProcess, operator: Operator): Promise<void> {
  const before = await operator.superuser();
  await before.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await before.query(`alter system set pg_stat_statements.track = 'all'`).catch(() => undefined);
  await before.end();
  await cordboard.stop();
  await cordboard.start();
  const after = await operator.superuser();
  await after.query('create extension if not exists pg_stat_statements');
  await after.end();
}

/** Begins counting anew. */
export async function forgetStatements(operator: Operator): Promise<void> {
  const client = await operator.superuser();
  await client.query('select pg_stat_statements_reset()');
  await client.end();
}

/** The statements that took most of PostgreSQL's time since then, per message of the step. */
export async function topStatements(operator: Operator, messages: number): Promise<string> {
  const client = await operator.superuser();
  try {
    const { rows } = await client.query<{ calls: string; total: number; rows: string; role: string; query: string }>(
      `select s.calls, s.total_exec_time as total, s.rows, r.rolname as role, regexp_replace(s.query, '\\s+', ' ', 'g') as query
       from pg_stat_statements s join pg_roles r on r.oid = s.userid where s.dbid = (select oid from pg_database where datname = current_database())
       order by s.total_exec_time desc limit $1`,
      [shown],
    );
    const line = (row: (typeof rows)[number]) =>
      `${(row.total / messages).toFixed(3).padStart(8)} ms ${(Number(row.calls) / messages).toFixed(2).padStart(7)} calls ${(Number(row.rows) / Math.max(1, Number(row.calls))).toFixed(1).padStart(7)} rows  ${row.role.replace('cordboard_', '').padEnd(9)} ${row.query.slice(0, 150)}`;
    return `Of PostgreSQL's time, per message:\n${rows.map(line).join('\n')}`;
  } finally {
    await client.end();
  }
}

/** What PostgreSQL's sessions wait for, looked at many times a second: `stop` tells the most frequent, in sessions at a time. */
export async function watchWaits(operator: Operator): Promise<{ stop: () => Promise<string> }> {
  const client = await operator.superuser();
  const seen = new Map<string, number>();
  let looks = 0;
  const timer = setInterval(() => {
    void client.query<{ what: string }>(waitsText).then(({ rows }) => {
      looks++;
      for (const { what } of rows) seen.set(what, (seen.get(what) ?? 0) + 1);
    });
  }, 50);
  return {
    stop: async () => {
      clearInterval(timer);
      await client.end();
      const lines = [...seen].sort((a, b) => b[1] - a[1]).slice(0, shown);
      return `Sessions at a time that wait or work:\n${lines.map(([what, count]) => `${(count / looks).toFixed(2).padStart(6)}  ${what}`).join('\n')}`;
    },
  };
}

const waitsText = `
  select concat_ws(' ', replace(application_name, 'cordboard ', ''), state, wait_event_type, wait_event, '|', left(regexp_replace(query, '\\s+', ' ', 'g'), 60)) as what
  from pg_stat_activity where application_name like 'cordboard %' and state <> 'idle'`;
