import { busTransport } from '@cordboard/event-bus';
import { type DataOf, type EventDefinition, newEvent } from '@cordboard/events';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { z } from 'zod';

/** A bus whose only events are those a spec hands to it. */
export class HandFedBus extends Server implements CustomTransportStrategy {
  override transportId = busTransport;

  listen(callback: () => void): void {
    callback();
  }

  close(): void {}

  on(): never {
    throw new Error('A hand-fed bus has no transport events.');
  }

  unwrap<Result>(): Result {
    return this as unknown as Result;
  }

  /** Runs every handler of the event to its end. */
  async emit<Type extends string, Schema extends z.ZodType>(
    definition: EventDefinition<Type, Schema>,
    tenantId: string,
    data: DataOf<EventDefinition<Type, Schema>> & z.input<Schema>,
    traceparent?: string,
  ): Promise<void> {
    const event = newEvent(definition, { source: 'spec', tenantId, traceparent }, data);
    for (let handler = this.getHandlerByPattern(definition.type); handler; handler = handler.next ?? null) {
      const { isBatched } = (handler.extras as { bus: { isBatched?: boolean } }).bus;
      await handler(isBatched ? [event] : event);
    }
  }
}

/** Answers no calls. */
export class SilentServer extends HandFedBus {
  override transportId = Symbol('silent');
}
