import { type BusContext, type EventOf, isEvent, OnEventBatch } from '@cordboard/event-bus';
import { conversationOpened, outboundRequested } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Hub } from '../socket/hub';
import { lockThreads } from '../thread/lock-threads';
import { peerKey } from '../visitor/peer';
import { addressedHere, carryOutbound } from './carry-outbound';
import { rememberConversations } from './remember-conversations';

type Handled = EventOf<typeof outboundRequested | typeof conversationOpened>;

/** What the inbox asks of the channel, in one transaction per batch; connected visitors are told right after its commit. */
@Controller()
export class CarryOutboundHandler {
  constructor(private readonly hub: Hub) {}

  @OnEventBatch([outboundRequested, conversationOpened], { group: 'webchat' })
  async carry(@Payload() events: Handled[], @Ctx() context: BusContext): Promise<void> {
    const opened = events.filter((event) => isEvent(conversationOpened, event));
    const outbound = events.filter((event) => isEvent(outboundRequested, event));
    // Two statements will lock threads: all of them first, in the one order.
    if (opened.length > 0 && outbound.length > 0) {
      const heads = [
        ...opened.map(({ data }) => data.conversation),
        ...outbound.map(({ tenantid, data }) => ({ tenantId: tenantid, ...data })),
      ];
      const threads = heads.filter(addressedHere).map(({ tenantId, identity }) => ({ tenantId, visitorId: identity }));
      await lockThreads(context.tx, threads);
    }
    await rememberConversations(context.tx, opened);
    await carryOutbound(context, outbound, (carried) => {
      for (const { tenantId, visitorId, message } of carried) this.hub.added(peerKey({ tenantId, visitorId }), message);
    });
  }
}
