import { type BusContext, type EventOf, OnEventBatch } from '@cordboard/event-bus';
import { workChanged } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { recordWork } from './record-work';

@Controller()
export class CopyWorkOnWorkChangedHandler {
  @OnEventBatch([workChanged], { group: 'inbox-work', maxBatch: 200 })
  async copy(@Payload() changes: EventOf<typeof workChanged>[], @Ctx() context: BusContext): Promise<void> {
    await recordWork(context.tx, changes);
  }
}
