import { Module } from '@nestjs/common';
import { InboxLag } from './ingest/inbox-lag';
import { IngestLanes } from './ingest/ingest-lanes';
import { TellVisitorOnInboundReceivedHandler } from './ingest/tell-visitor-on-inbound-received.handler';
import { WatchInboxOnMessageRecordedHandler } from './ingest/watch-inbox-on-message-recorded.handler';
import { MarksService } from './marks/marks.service';
import { CarryOutboundHandler } from './outgoing/carry-outbound.handler';
import { TellVisitorOnDeliveryReportedHandler } from './outgoing/tell-visitor-on-delivery-reported.handler';
import { DemoController } from './pages/demo.controller';
import { PagesService } from './pages/pages.service';
import { WidgetController } from './pages/widget.controller';
import { PollController } from './poll/poll.controller';
import { KeepSiteOnTenantChangedHandler } from './site/keep-site-on-tenant-changed.handler';
import { SiteStore } from './site/site.store';
import { Hub } from './socket/hub';
import { SocketServer } from './socket/socket.server';
import { ThreadStore } from './thread/thread.store';
import { TellVisitorOnAgentTypingChangedHandler } from './typing/tell-visitor-on-agent-typing-changed.handler';
import { TypingPublisher } from './typing/typing.publisher';
import { FrameService } from './visitor/frame.service';
import { VisitorService } from './visitor/visitor.service';

const pages = [WidgetController, DemoController, PollController];
const handlers = [
  KeepSiteOnTenantChangedHandler,
  CarryOutboundHandler,
  WatchInboxOnMessageRecordedHandler,
  TellVisitorOnInboundReceivedHandler,
  TellVisitorOnDeliveryReportedHandler,
  TellVisitorOnAgentTypingChangedHandler,
];

@Module({
  controllers: [...pages, ...handlers],
  providers: [
    SiteStore,
    ThreadStore,
    VisitorService,
    FrameService,
    InboxLag,
    IngestLanes,
    MarksService,
    TypingPublisher,
    Hub,
    SocketServer,
    PagesService,
  ],
})
export class WebchatModule {}
