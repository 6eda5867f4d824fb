import { UserError } from '@cordboard/rpc';
import { freeUnit, takeUnits } from '../agent/agent.rows';
import { startGrace } from '../agent/lease';
import type { Change } from '../change/change';
import { endLiveOffer } from '../offer/offer.rows';
import { type Move, moveOne } from './move-work';
import type { WorkRow } from './work.rows';

type Assignment = Pick<Move, 'cause' | 'person' | 'durationMs' | 'detail'>;

/**
 * Gives work to an agent outside the choice: ends a live offer, frees who had it, takes the room of who gets it.
 * Throws NO_CAPACITY, and then nothing of it has happened.
 */
export async function assignWork(change: Change, work: WorkRow, to: { id: string; name: string }, move: Assignment): Promise<WorkRow> {
  await endLiveOffer(change, work, work.agent_id === to.id ? 'accepted' : 'withdrawn', move.cause);
  if (work.agent_id !== to.id) await handOver(change, work, to);
  const row = await moveOne(change, { ...move, work, to: 'active', agentId: to.id });
  return row;
}

/** Two agents' rows are locked in the order of their ids, as everywhere. */
async function handOver(change: Change, { tenant_id, agent_id: fromId }: WorkRow, to: { id: string; name: string }): Promise<void> {
  if (fromId && fromId < to.id) change.agent(await freeUnit(change.tx, fromId));
  await takeOne(change, tenant_id, to);
  if (fromId && fromId > to.id) change.agent(await freeUnit(change.tx, fromId));
}

/** Somebody who acts without a window open gets the grace period to open one, before their chats go back to the queue. */
async function takeOne(change: Change, tenantId: string, to: { id: string; name: string }): Promise<void> {
  const [agent] = await takeUnits(change.tx, [{ personId: to.id, units: 1 }], 'assignment');
  if (!agent)
    throw new UserError('NO_CAPACITY', `${to.name} has no room for another conversation. One must be closed first.`, {
      agentName: to.name,
    });
  change.agent(agent);
  if (agent.attendance === 'gone') await startGrace(change, tenantId, agent.person_id);
}
