import type { LocalizedText } from '@cordboard/events';
import { Database } from '@cordboard/persistence';
import { permissions, routingCalls, tenantsWith } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';

interface QueueRow {
  id: string;
  tenant_id: string;
  name: LocalizedText;
  target_ms: number;
  near_ms: number;
}

@Controller()
export class QueueController {
  constructor(private readonly database: Database) {}

  @Answers(routingCalls.getQueues)
  async getQueues({ actor }: Call<typeof routingCalls.getQueues>) {
    const rows = await this.database.viewer(tenantsWith(actor, permissions.conversationRead), (tx) =>
      tx.query<QueueRow>('select id, tenant_id, name, target_ms, near_ms from queue order by tenant_id, id'),
    );
    return rows.map((row) => ({ id: row.id, tenantId: row.tenant_id, name: row.name, targetMs: row.target_ms, nearMs: row.near_ms }));
  }
}
