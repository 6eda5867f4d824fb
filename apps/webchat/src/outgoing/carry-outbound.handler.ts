import { type BusContext, type EventOf, isEvent, OnEventBatch } from '@cordboard/event-bus';
import { conversationOpened, outboundRequested } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Hub } from '../socket/hub';
import { peerKey } from '../visitor/peer';
import { carryOutbound } from './carry-outbound';
import { rememberConversations } from './remember-conversations';

type Handled = EventOf<typeof outboundRequested | typeof conversationOpened>;

/** What the inbox asks of the channel, in one transaction per batch; connected visitors are told right after its commit. */
@Controller()
export class CarryOutboundHandler {
  constructor(private readonly hub: Hub) {}

  @OnEventBatch([outboundRequested, conversationOpened], { group: 'webchat' })
  async carry(@Payload() events: Handled[], @Ctx() context: BusContext): Promise<void> {
    await rememberConversations(
      context.tx,
      events.filter((event) => isEvent(conversationOpened, event)),
    );
    await carryOutbound(
      context.tx,
      events.filter((event) => isEvent(outboundRequested, event)),
      (carried) => {
        for (const { tenantId, visitorId, message } of carried) this.hub.added(peerKey({ tenantId, visitorId }), message);
      },
    );
  }
}
