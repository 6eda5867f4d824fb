import { type BusContext, type EventOf, OnEventBatch } from '@cordboard/event-bus';
import { deliveryReported } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { recordDelivery } from './record-delivery';

@Controller()
export class MoveStatusOnDeliveryReportedHandler {
  @OnEventBatch([deliveryReported], { group: 'inbox-delivery', maxBatch: 200 })
  async move(@Payload() reports: EventOf<typeof deliveryReported>[], @Ctx() context: BusContext): Promise<void> {
    await recordDelivery(context.tx, reports);
  }
}
