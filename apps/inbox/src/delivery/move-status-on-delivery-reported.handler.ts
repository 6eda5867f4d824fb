import { type BusContext, type EventOf, OnEventBatch } from '@cordboard/event-bus';
import { deliveryReported } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { recordDelivery } from './record-delivery';

@Controller()
export class MoveStatusOnDeliveryReportedHandler {
  /** A quarter of a second is not seen in a tick, and most messages are read within it: one change instead of two. */
  @OnEventBatch([deliveryReported], { group: 'inbox-delivery', maxBatch: 200, gatherMs: 250 })
  async move(@Payload() reports: EventOf<typeof deliveryReported>[], @Ctx() context: BusContext): Promise<void> {
    await recordDelivery(context.tx, reports);
  }
}
