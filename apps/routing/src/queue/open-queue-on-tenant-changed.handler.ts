import { BusContext, type EventOf, OnEvent } from '@cordboard/event-bus';
import { queueChanged, tenantChanged } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Changes } from '../change/changes';
import { queueIdOf } from './queue-id';

/** What a tenant's first queue is like until its admin changes it. */
const firstQueue = {
  name: { en: 'Chats', ru: 'Чаты', sq: 'Bisedat', zh: '在线咨询' },
  targetMs: 60_000,
  nearMs: 40_000,
};

@Controller()
export class OpenQueueOnTenantChangedHandler {
  constructor(private readonly changes: Changes) {}

  @OnEvent(tenantChanged, { group: 'routing.open-queue' })
  handle(@Payload() event: EventOf<typeof tenantChanged>, @Ctx() { tx }: BusContext): Promise<void> {
    const { id: tenantId, operatorId } = event.data;
    const id = queueIdOf(tenantId);
    return this.changes.within(tx, event.traceparent, async (change) => {
      const opened = await tx.execute(
        `insert into queue (tenant_id, id, operator_id, name, target_ms, near_ms, version) values ($1, $2, $3, $4, $5, $6, 1)
         on conflict do nothing`,
        [tenantId, id, operatorId, JSON.stringify(firstQueue.name), firstQueue.targetMs, firstQueue.nearMs],
      );
      if (opened === 1) change.tell(queueChanged, tenantId, null, { id, tenantId, ...firstQueue, version: 1 });
    });
  }
}
