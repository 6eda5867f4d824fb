import { type EventOf, OnTailBatch } from '@cordboard/event-bus';
import { inboundReceived } from '@cordboard/events';
import { INSTANCE } from '@cordboard/service-kit';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Hub } from '../socket/hub';
import { peerKey } from '../visitor/peer';

/** A message is said to its visitor's other tabs by the replica that took it, and here to those at the other replicas. */
@Controller()
export class TellVisitorOnInboundReceivedHandler {
  constructor(
    private readonly hub: Hub,
    @Inject(INSTANCE) private readonly instance: string | null,
  ) {}

  @OnTailBatch([inboundReceived])
  tell(@Payload() events: EventOf<typeof inboundReceived>[]): void {
    for (const { data, tenantid: tenantId, instance } of events) {
      const isOurs = instance === (this.instance ?? undefined);
      if (data.channel === 'webchat' && !isOurs) this.hub.threadMoved(peerKey({ tenantId, visitorId: data.identity }));
    }
  }
}
