import type { Actor } from '@cordboard/rpc';
import { can, notAllowed, notFound, permissions, UserError } from '@cordboard/rpc';
import { agentName } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { lockWork, type WorkRow } from './work.rows';

/**
 * Locks the work item a person decided about and checks that it is still what they saw. Throws WORK_MOVED_ON with
 * the name of who has it now, or NOT_ALLOWED when a colleague has it and the person may not take it from them.
 */
export async function lockExpected(
  change: Change,
  actor: Actor,
  input: { tenantId: string; conversationId: string; expectedVersion: number },
): Promise<WorkRow> {
  const work = await lockWork(change.tx, input.tenantId, input.conversationId);
  if (!work) throw notFound('conversation');
  if (work.version !== input.expectedVersion || work.state === 'done') throw await movedOn(change, work, actor);
  const isColleagues = work.state === 'active' && work.agent_id !== actor.personId;
  if (isColleagues && !can(actor, permissions.workReassign, input.tenantId)) throw notAllowed("take a colleague's conversation");
  return work;
}

async function movedOn(change: Change, work: WorkRow, actor: Actor): Promise<UserError> {
  const assigneeName = work.state === 'active' ? await agentName(change.tx, work.agent_id) : null;
  const text =
    work.state === 'done'
      ? 'This conversation has been closed.'
      : work.agent_id === actor.personId && work.state === 'active'
        ? 'You have this conversation already.'
        : assigneeName
          ? `${assigneeName} has this conversation now.`
          : 'This conversation has moved on since you looked. Look again and decide anew.';
  return new UserError('WORK_MOVED_ON', text, { assigneeName });
}
