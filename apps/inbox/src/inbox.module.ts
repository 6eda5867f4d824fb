import { CommandSweeper } from '@cordboard/service-kit';
import { Module } from '@nestjs/common';
import { ContactController } from './contact/contact.controller';
import { ConversationController } from './conversation/conversation.controller';
import { MoveStatusOnDeliveryReportedHandler } from './delivery/move-status-on-delivery-reported.handler';
import { DispositionController } from './disposition/disposition.controller';
import { RecordInboundMessagesHandler } from './inbound/record-inbound-messages.handler';
import { MessageController } from './message/message.controller';
import { MessageLanes } from './message/message-lanes';
import { CopyWorkOnWorkChangedHandler } from './work/copy-work-on-work-changed.handler';

@Module({
  controllers: [
    ContactController,
    ConversationController,
    DispositionController,
    MessageController,
    RecordInboundMessagesHandler,
    MoveStatusOnDeliveryReportedHandler,
    CopyWorkOnWorkChangedHandler,
  ],
  providers: [CommandSweeper, MessageLanes],
})
export class InboxModule {}
