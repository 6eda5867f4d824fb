import type { ConversationHead } from '@cordboard/events';
import { freeUnit } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { endLiveOffer } from '../offer/offer.rows';
import { moveOne } from './move-work';
import { lockWork } from './work.rows';

/** Ends the work of a closed conversation and frees whoever had it or was offered it. */
export async function closeWork(change: Change, { tenantId, id }: Pick<ConversationHead, 'tenantId' | 'id'>): Promise<void> {
  const work = await lockWork(change.tx, tenantId, id);
  if (!work || work.state === 'done') return;
  await endLiveOffer(change, work, 'withdrawn', 'closed');
  if (work.agent_id) change.agent(await freeUnit(change.tx, work.agent_id));
  await moveOne(change, { work, to: 'done', cause: 'closed', agentId: null, person: null });
}
