import { UserError } from '@cordboard/rpc';
import { definerFunction, tenantTable } from './policies';
import type { Tx } from './tx';

/** SQL of a service's command table: results of mutations by client id, kept 7 days. `CommandSweep` deletes them after that. */
export const commandTable = (schema: string) => `
  create table ${schema}.command (
    tenant_id uuid not null, person_id uuid not null, client_id uuid not null,
    name text not null, result jsonb, created_at timestamptz not null default now(),
    primary key (tenant_id, person_id, client_id)
  );
  create index on ${schema}.command (created_at);
  ${tenantTable(schema, 'command')}
  grant select, delete on ${schema}.command to cordboard_definer;
  create function ${schema}.sweep_command(at_most int) returns bigint
    language sql security definer set search_path = ${schema} as $$
      with old as (
        delete from command where ctid = any (array(select ctid from command where created_at < now() - interval '7 days' limit at_most))
        returning 1
      ) select count(*) from old
    $$;
  ${definerFunction(schema, 'sweep_command(int)')}
`;

export interface Command {
  tenantId: string;
  personId: string;
  clientId: string;
  /** Name of the call; a client id belongs to one call for ever. */
  name: string;
}

/**
 * Runs `work` once per client id: a repetition, also one at the same moment, gets the first result. A refusal
 * rolls the transaction back and is not kept, so the same id may be tried again.
 */
export async function once<Result>(tx: Tx, command: Command, work: () => Promise<Result>): Promise<Result> {
  const inserted = await tx.execute({
    name: 'command-claim',
    text: 'insert into command (tenant_id, person_id, client_id, name) values ($1, $2, $3, $4) on conflict do nothing',
    values: [command.tenantId, command.personId, command.clientId, command.name],
  });
  const key = [command.tenantId, command.personId, command.clientId];
  if (inserted === 0) {
    const kept = await tx.first<{ name: string; result: Result }>(
      'select name, result from command where tenant_id = $1 and person_id = $2 and client_id = $3',
      key,
    );
    if (kept?.name !== command.name)
      throw new UserError('CLIENT_ID_REUSED', 'This clientId was used for another mutation. Make a new UUID for each action.');
    return kept.result;
  }
  const result = await work();
  await tx.execute({
    name: 'command-keep',
    text: 'update command set result = $4 where tenant_id = $1 and person_id = $2 and client_id = $3',
    values: [...key, JSON.stringify(result)],
  });
  return result;
}
