import type { Actor, OutputOf, routingCalls } from '@cordboard/rpc';
import { ensureAgent } from '../agent/ensure-agent';
import type { Change } from '../change/change';
import { assignWork } from './assign-work';
import { lockExpected } from './expect-version';
import { elapsed, workView } from './work.rows';

/** The actor takes a conversation that waits, rings elsewhere or, with the right to re-assign, is a colleague's. */
export async function takeConversation(
  change: Change,
  actor: Actor,
  input: { tenantId: string; conversationId: string; expectedVersion: number },
): Promise<OutputOf<typeof routingCalls.takeConversation>> {
  const work = await lockExpected(change, actor, input);
  if (work.state === 'active' && work.agent_id === actor.personId) return workView(work);
  await ensureAgent(change.tx, actor);
  const person = { id: actor.personId, name: actor.name };
  const row = await assignWork(change, work, person, { cause: 'taken', person, durationMs: elapsed(work, work.enqueued_at) });
  return workView(row);
}
