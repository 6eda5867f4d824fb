import type { Handler } from './handlers';
import type { BusLogger } from './logger';
import type { LogEvent } from './position';

/** Hands events to a tail handler in order, together where it takes them so; resolves when it has had them all. Errors are logged. */
export async function tellTail(handler: Handler<'tail'>, events: readonly LogEvent[], logger: BusLogger): Promise<void> {
  const { isBatched, name } = handler.subscription;
  if (isBatched && events.length > 1) {
    try {
      return await handler.call(events.map((event) => event.envelope));
    } catch (error) {
      logger.warn({ tail: name, events: events.length, err: error }, 'A tail failed on a batch; its events come one at a time');
    }
  }
  for (const event of events) {
    try {
      await handler.call(isBatched ? [event.envelope] : event.envelope);
    } catch (error) {
      const { eventId, type, tenantId } = event;
      logger.error({ tail: name, event: eventId, type, tenant: tenantId, err: error }, 'A tail failed on an event');
    }
  }
}
