import { CommandSweeper } from '@cordboard/service-kit';
import { Module } from '@nestjs/common';
import { KeepAgentOnPersonChangedHandler } from './agent/keep-agent-on-person-changed.handler';
import { PresenceController } from './agent/presence.controller';
import { Changes } from './change/changes';
import { CycleSignal } from './change/cycle-signal';
import { OfferController } from './offer/offer.controller';
import { OpenQueueOnTenantChangedHandler } from './queue/open-queue-on-tenant-changed.handler';
import { QueueController } from './queue/queue.controller';
import { Deadlines } from './router/deadlines';
import { Router } from './router/router';
import { FollowConversationsHandler } from './work/follow-conversations.handler';
import { WorkController } from './work/work.controller';

@Module({
  controllers: [
    FollowConversationsHandler,
    KeepAgentOnPersonChangedHandler,
    OpenQueueOnTenantChangedHandler,
    OfferController,
    PresenceController,
    QueueController,
    WorkController,
  ],
  providers: [Changes, CommandSweeper, CycleSignal, Deadlines, Router],
})
export class RoutingModule {}
