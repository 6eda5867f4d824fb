import { type EventOf, OnTail } from '@cordboard/event-bus';
import { deliveryReported } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Hub } from '../socket/hub';
import { peerKey } from '../visitor/peer';

/** Every replica hears of what any of them has put into a thread, and tells its own sockets. */
@Controller()
export class TellVisitorOnDeliveryReportedHandler {
  constructor(private readonly hub: Hub) {}

  @OnTail([deliveryReported])
  tell(@Payload() event: EventOf<typeof deliveryReported>): void {
    const { channel, identity, status, entryIds } = event.data;
    if (channel !== 'webchat' || status !== 'sent') return;
    this.hub.threadMoved(peerKey({ tenantId: event.tenantid, visitorId: identity }), entryIds);
  }
}
