import type { Tx } from '@cordboard/persistence';
import { type Actor, permissions, tenantsWith } from '@cordboard/rpc';

/** Makes the row of a person whose `person.changed` has not come yet: with no capacity, so nothing is offered before it does. */
export async function ensureAgent(tx: Tx, actor: Actor): Promise<void> {
  await tx.execute({
    name: 'agent-ensure',
    text: `insert into agent (person_id, operator_id, name, tenants, capacity) values ($1, $2, $3, $4, 0) on conflict do nothing`,
    values: [actor.personId, actor.operatorId, actor.name, tenantsWith(actor, permissions.workAccept)],
  });
}
