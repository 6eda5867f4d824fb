import { type BusContext, type EventOf, OnEventBatch } from '@cordboard/event-bus';
import { inboundReceived } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { recordInbound } from './record-inbound';

@Controller()
export class RecordInboundMessagesHandler {
  @OnEventBatch([inboundReceived], { group: 'inbox', maxBatch: 200 })
  async record(@Payload() events: EventOf<typeof inboundReceived>[], @Ctx() context: BusContext): Promise<void> {
    await recordInbound(context.tx, events);
  }
}
