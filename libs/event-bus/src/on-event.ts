import type { DataOf, Envelope, EventDefinition } from '@cordboard/events';
import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { BusContext } from './bus-context';
import { KeepErrorFilter } from './keep-error.filter';

/** Nest's transport id of the bus: in a hybrid app the handlers below are registered with no other transport. */
export const busTransport = Symbol('cordboard.bus');

/** What a decorator tells the server about its method. */
export type Subscription =
  | { mode: 'each'; group: string; orderFree: boolean; handler: symbol; name: string }
  | { mode: 'batch'; group: string; maxBatch: number; gatherMs: number; handler: symbol; name: string }
  | { mode: 'tail'; isBatched: boolean; handler: symbol; name: string };

/** The envelope of a definition: `EventOf<typeof conversationOpened>`. */
export type EventOf<Definition> = Definition extends unknown ? Envelope<DataOf<Definition>> : never;

type Definitions<Definition extends EventDefinition> = Definition | readonly Definition[];
type Decorates<Method> = <Actual extends Method>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Actual>) => void;

/** Tells the events of a handler with several definitions apart. */
export function isEvent<Definition extends EventDefinition>(
  definition: Definition,
  event: Envelope<unknown>,
): event is Envelope<DataOf<Definition>> {
  return event.type === definition.type;
}

/**
 * One event, one transaction in the tenant's scope (`context.tx`), in order per key. An event that keeps failing is
 * dead-lettered and the later events of its key wait for it, unless `orderFree`.
 */
export function OnEvent<const Definition extends EventDefinition>(
  definitions: Definitions<Definition>,
  options: { group: string; orderFree?: boolean },
): Decorates<(event: EventOf<Definition>, context: BusContext) => unknown> {
  return subscribe(definitions, (handler, name) => ({
    mode: 'each',
    group: options.group,
    orderFree: options.orderFree ?? false,
    handler,
    name,
  }));
}

/**
 * Up to `maxBatch` events (200) in one transaction whose scope is exactly their tenants. At most one per group. When a
 * batch fails it is rolled back and its events come one at a time. What nobody waits for may gather for `gatherMs`, so
 * that fewer transactions carry it.
 */
export function OnEventBatch<const Definition extends EventDefinition>(
  definitions: Definitions<Definition>,
  options: { group: string; maxBatch?: number; gatherMs?: number },
): Decorates<(events: EventOf<Definition>[], context: BusContext) => unknown> {
  return subscribe(definitions, (handler, name) => ({
    mode: 'batch',
    group: options.group,
    maxBatch: options.maxBatch ?? 200,
    gatherMs: options.gatherMs ?? 0,
    handler,
    name,
  }));
}

/** Every event from now on, in every replica; nothing is stored, no transaction. An error is logged and the next event comes. */
export function OnTail<const Definition extends EventDefinition>(
  definitions: Definitions<Definition>,
): Decorates<(event: EventOf<Definition>) => unknown> {
  return subscribe(definitions, (handler, name) => ({ mode: 'tail', isBatched: false, handler, name }));
}

/**
 * The same for what comes by the hundred a second: the handler is called with all that has just been read, in order. After
 * an error the events come again one at a time, so it must bear to see an event twice.
 */
export function OnTailBatch<const Definition extends EventDefinition>(
  definitions: Definitions<Definition>,
): Decorates<(events: EventOf<Definition>[]) => unknown> {
  return subscribe(definitions, (handler, name) => ({ mode: 'tail', isBatched: true, handler, name }));
}

function subscribe<Method>(
  definitions: Definitions<EventDefinition>,
  subscription: (handler: symbol, name: string) => Subscription,
): Decorates<Method> {
  const types = [definitions].flat().map((definition) => definition.type);
  return (target, key, descriptor) => {
    const name = `${target.constructor.name}.${String(key)}`;
    const extras = { bus: subscription(Symbol(name), name) };
    applyDecorators(EventPattern(types, busTransport, extras), UseFilters(KeepErrorFilter))(target, key, descriptor);
  };
}
