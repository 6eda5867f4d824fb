import { type EventOf, OnTailBatch } from '@cordboard/event-bus';
import { messageRecorded } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { InboxLag } from './inbox-lag';

@Controller()
export class WatchInboxOnMessageRecordedHandler {
  constructor(private readonly lag: InboxLag) {}

  @OnTailBatch([messageRecorded])
  watch(@Payload() events: EventOf<typeof messageRecorded>[]): void {
    for (const { data, traceparent } of events) if (data.entry.author === 'customer') this.lag.recorded(traceparent ?? '');
  }
}
