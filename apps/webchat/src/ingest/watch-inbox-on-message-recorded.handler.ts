import { type EventOf, OnTail } from '@cordboard/event-bus';
import { messageRecorded } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { InboxLag } from './inbox-lag';

@Controller()
export class WatchInboxOnMessageRecordedHandler {
  constructor(private readonly lag: InboxLag) {}

  @OnTail([messageRecorded])
  watch(@Payload() event: EventOf<typeof messageRecorded>): void {
    if (event.data.entry.author === 'customer') this.lag.recorded(event.traceparent ?? '');
  }
}
