import type { Change } from '../change/change';
import type { Changes } from '../change/changes';
import { withdrawStrandedOffer } from '../offer/withdraw-offer';
import { releaseStrandedWork } from '../work/release-work';
import type { Seen, Stranded } from './look-round';

type Settle = (change: Change, tenantId: string, conversationId: string) => Promise<void>;

/**
 * Puts back in line what an agent who is not there holds: offers at once, chats once the grace period is over. Found
 * by what stands in the tables, not by having noticed the moment: a router that was down finds the same. Resolves to
 * whether there was anything.
 */
export async function settleStranded(changes: Changes, { offers, work }: Seen): Promise<boolean> {
  await eachInItsTenant(changes, offers, withdrawStrandedOffer);
  await eachInItsTenant(changes, work, releaseStrandedWork);
  return offers.length + work.length > 0;
}

async function eachInItsTenant(changes: Changes, rows: readonly Stranded[], settle: Settle): Promise<void> {
  for (const { tenant_id, conversation_id } of rows)
    await changes.tenant(tenant_id, (change) => settle(change, tenant_id, conversation_id));
}
