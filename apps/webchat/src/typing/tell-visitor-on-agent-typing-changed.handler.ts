import { type EventOf, OnTail } from '@cordboard/event-bus';
import { agentTypingChanged } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Hub } from '../socket/hub';
import { peerKey } from '../visitor/peer';

@Controller()
export class TellVisitorOnAgentTypingChangedHandler {
  constructor(private readonly hub: Hub) {}

  @OnTail([agentTypingChanged])
  tell(@Payload() event: EventOf<typeof agentTypingChanged>): void {
    const { channel, identity, typing, personName: name } = event.data;
    if (channel === 'webchat') this.hub.sayTo(peerKey({ tenantId: event.tenantid, visitorId: identity }), { type: 'typing', typing, name });
  }
}
