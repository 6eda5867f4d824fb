import { Database } from '@cordboard/persistence';
import { notAllowed, permissions, routingCalls, tenantsWith } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { Changes } from '../change/changes';
import { type AgentRow, agentColumns, presenceOf } from './agent.rows';
import { closeLease, renewLease } from './lease';
import { setPresence } from './set-presence';

@Controller()
export class PresenceController {
  constructor(
    private readonly changes: Changes,
    private readonly database: Database,
  ) {}

  @Answers(routingCalls.setPresence)
  async set(call: Call<typeof routingCalls.setPresence>) {
    const { actor, input } = call;
    if (tenantsWith(actor, permissions.presenceSet).length === 0) throw notAllowed('set a presence: you answer for no tenant');
    return this.changes.command(routingCalls.setPresence, call, actor.operatorId, (change) => setPresence(change, actor, input));
  }

  /** People who answer for nobody have windows too; they need no lease. */
  @Answers(routingCalls.renewLease)
  async renew({ actor, input }: Call<typeof routingCalls.renewLease>) {
    if (tenantsWith(actor, permissions.workAccept).length === 0) return {};
    await this.changes.tenant(actor.operatorId, (change) =>
      input.gone ? closeLease(change, actor, input.connectionId) : renewLease(change, actor, input.connectionId),
    );
    return {};
  }

  @Answers(routingCalls.getPresences)
  async getPresences({ actor }: Call<typeof routingCalls.getPresences>) {
    const rows = await this.database.system((tx) =>
      tx.query<AgentRow>(`select ${agentColumns} from agent a where operator_id = $1 and tenants && $2::uuid[] order by person_id`, [
        actor.operatorId,
        tenantsWith(actor, permissions.agentRead),
      ]),
    );
    return rows.map(presenceOf);
  }
}
