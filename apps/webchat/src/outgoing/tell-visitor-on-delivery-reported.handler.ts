import { type EventOf, OnTailBatch } from '@cordboard/event-bus';
import { deliveryReported } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Hub } from '../socket/hub';
import { peerKey } from '../visitor/peer';

/** Every replica hears of what any of them has put into a thread, and tells its own sockets. */
@Controller()
export class TellVisitorOnDeliveryReportedHandler {
  constructor(private readonly hub: Hub) {}

  @OnTailBatch([deliveryReported])
  tell(@Payload() events: EventOf<typeof deliveryReported>[]): void {
    for (const { data, tenantid: tenantId } of events) {
      if (data.channel !== 'webchat' || data.status !== 'sent') continue;
      this.hub.threadMoved(peerKey({ tenantId, visitorId: data.identity }), data.entryIds);
    }
  }
}
