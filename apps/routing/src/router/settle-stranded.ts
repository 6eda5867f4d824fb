import type { Database } from '@cordboard/persistence';
import type { Change } from '../change/change';
import type { Changes } from '../change/changes';
import { withdrawStrandedOffer } from '../offer/withdraw-offer';
import { releaseStrandedWork } from '../work/release-work';

interface Stranded {
  tenant_id: string;
  conversation_id: string;
}

const atMost = 100;

/**
 * Puts back in line what an agent who is not there holds: offers at once, chats once the grace period is over. Found
 * by what stands in the tables, not by having noticed the moment: a router that was down finds the same.
 */
export async function settleStranded(database: Database, changes: Changes): Promise<void> {
  const [offers, work] = await database.system((tx) =>
    Promise.all([
      tx.query<Stranded>({ name: 'stranded-offers', text: 'select * from stranded_offers($1)', values: [atMost] }),
      tx.query<Stranded>({ name: 'stranded-work', text: 'select * from stranded_work($1)', values: [atMost] }),
    ]),
  );
  await eachInItsTenant(changes, offers, withdrawStrandedOffer);
  await eachInItsTenant(changes, work, releaseStrandedWork);
}

async function eachInItsTenant(
  changes: Changes,
  rows: readonly Stranded[],
  settle: (change: Change, tenantId: string, conversationId: string) => Promise<void>,
): Promise<void> {
  for (const { tenant_id, conversation_id } of rows)
    await changes.tenant(tenant_id, (change) => settle(change, tenant_id, conversation_id));
}
