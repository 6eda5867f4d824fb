import { setTimer, type Timer } from '@cordboard/persistence';
import type { Actor } from '@cordboard/rpc';
import type { Change } from '../change/change';
import { type AgentRow, agentColumns, lockAgent } from './agent.rows';
import { ensureAgent } from './ensure-agent';

/**
 * Presence as leases. Each socket of a person's windows has one, renewed by the gateway; several tabs are any of
 * them. When the last lease ends the agent is *missing*: their offers are withdrawn (sweep.ts), their chats kept.
 * A renewal within the grace period makes them *here* again as they were; at its end they are *gone*, set offline,
 * and their chats go back to the queue (sweep.ts).
 *
 * Locks: the timer first, then the agent, then the leases, in renewal as in expiry, so the two cannot block each
 * other, and the question "is there another lease?" is asked under the agent's lock and sees every committed one.
 * A grace timer's key holds the absence it belongs to: a timer of an earlier absence finds another number.
 */
export async function renewLease(change: Change, actor: Actor, connectionId: string): Promise<void> {
  const { tx, config } = change;
  const { leaseMs } = config;
  await setLeaseTimer(change, actor, connectionId, leaseMs);
  const agent = await lockAgent(tx, actor.personId);
  if (!agent) await ensureAgent(tx, actor);
  const renewed = await tx.execute({
    name: 'lease-renew',
    text: `
      insert into lease as l (connection_id, person_id, expires_at) values ($1, $2, now() + $3 * interval '1 ms')
      on conflict (connection_id) do update set expires_at = excluded.expires_at
      where l.person_id = excluded.person_id and not l.closing`,
    values: [connectionId, actor.personId, leaseMs],
  });
  if (renewed === 0) await setLeaseTimer(change, actor, connectionId, 0);
  else if (agent?.attendance !== 'here') change.agent(await comeBack(change, actor.personId));
}

/** The socket closed: the lease stays for a moment, in case it was a reload. A renewal still on its way no longer counts. */
export async function closeLease(change: Change, actor: Actor, connectionId: string): Promise<void> {
  const { goneGraceMs } = change.config;
  await setLeaseTimer(change, actor, connectionId, goneGraceMs);
  await lockAgent(change.tx, actor.personId);
  await change.tx.execute({
    name: 'lease-close',
    text: `
      update lease set closing = true, expires_at = least(expires_at, now() + $3 * interval '1 ms')
      where connection_id = $1 and person_id = $2`,
    values: [connectionId, actor.personId, goneGraceMs],
  });
}

/** A lease ran out. With the last one the agent goes missing and the grace period begins. One that has not run out waits on. */
export async function endLease(change: Change, timer: Timer): Promise<void> {
  const { tx } = change;
  const lease = await tx.first<{ person_id: string }>('select person_id from lease where connection_id = $1', [timer.key]);
  if (!lease) return;
  const agent = await lockAgent(tx, lease.person_id);
  await tx.execute('delete from lease where connection_id = $1 and expires_at <= now()', [timer.key]);
  const left = await tx.first<{ ms: number }>(
    'select extract(epoch from expires_at - now())::float8 * 1000 as ms from lease where connection_id = $1',
    [timer.key],
  );
  if (left) await setTimer(tx, timer, left.ms);
  if (agent?.attendance !== 'here') return;
  const another = await tx.first('select from lease where person_id = $1', [lease.person_id]);
  if (!another) await startGrace(change, timer.tenantId, lease.person_id);
}

/**
 * The agent has no live lease: everybody sees them offline, their chats are kept until the grace period ends. The
 * timer stands in the tenant or operator the transaction is in.
 */
export async function startGrace(change: Change, scopeId: string, personId: string): Promise<void> {
  const missing = await change.tx.first<AgentRow>(
    `update agent a set attendance = 'missing', absence = a.absence + 1, version = a.version + 1,
       since = case when a.status = 'offline' then a.since else now() end
     where person_id = $1 returning ${agentColumns}`,
    [personId],
  );
  if (!missing) return;
  change.agent(missing);
  await setTimer(
    change.tx,
    { tenantId: scopeId, kind: 'grace', key: `${personId}:${missing.absence}`, version: missing.absence },
    change.config.agentGraceMs,
  );
}

/** The grace period ended without a renewal: the agent is offline and their chats are free to go. */
export async function endGrace(change: Change, timer: Timer): Promise<void> {
  const personId = timer.key.split(':')[0] ?? '';
  const row = await change.tx.first<AgentRow>(
    `update agent a set attendance = 'gone', status = 'offline', reason = null, version = a.version + 1
     where person_id = $1 and attendance = 'missing' and absence = $2
     returning ${agentColumns}`,
    [personId, timer.version],
  );
  change.agent(row);
}

function comeBack(change: Change, personId: string): Promise<AgentRow | undefined> {
  return change.tx.first<AgentRow>(
    `update agent a set attendance = 'here', version = a.version + 1,
       since = case when a.status = 'offline' then a.since else now() end
     where person_id = $1 returning ${agentColumns}`,
    [personId],
  );
}

async function setLeaseTimer(change: Change, actor: Actor, connectionId: string, dueInMs: number): Promise<void> {
  const fence = await change.tx.first<{ token: string }>(`select nextval('fence') as token`);
  await setTimer(change.tx, { tenantId: actor.operatorId, kind: 'lease', key: connectionId, version: Number(fence?.token) }, dueInMs);
}
