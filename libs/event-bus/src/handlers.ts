import type { BusContext } from './bus-context';
import type { Subscription } from './on-event';

/** A handler method as Nest bound it: with its pipes, guards and interceptors; rejects with the error that was thrown. */
export type Handler<Mode extends Subscription['mode'] = Subscription['mode']> = Mode extends unknown
  ? { subscription: Extract<Subscription, { mode: Mode }>; types: Set<string>; call(data: unknown, context?: BusContext): Promise<void> }
  : never;

export type GroupHandler = Handler<'each'> | Handler<'batch'>;

/** Whether later events of a key wait for a failed one. */
export const keepsOrder = ({ subscription }: GroupHandler) => subscription.mode === 'batch' || !subscription.orderFree;

/** Handlers by group, each type once per group. Throws where the decorators contradict each other. */
export function groupHandlers(handlers: readonly Handler[]): Map<string, Map<string, GroupHandler>> {
  const groups = new Map<string, Map<string, GroupHandler>>();
  for (const handler of handlers) {
    if (isTail(handler)) continue;
    const { group, name } = handler.subscription;
    const byType = groups.get(group) ?? new Map<string, GroupHandler>();
    groups.set(group, byType);
    const batch = [...byType.values()].find((other) => other.subscription.mode === 'batch');
    if (batch && handler.subscription.mode === 'batch') {
      throw new Error(`Group ${group} has two batch handlers, ${batch.subscription.name} and ${name}; only one is possible.`);
    }
    for (const type of handler.types) {
      const other = byType.get(type);
      if (other) throw new Error(`${other.subscription.name} and ${name} both take ${type} in group ${group}. Give one another group.`);
      byType.set(type, handler);
    }
  }
  return groups;
}

export const isTail = (handler: Handler): handler is Handler<'tail'> => handler.subscription.mode === 'tail';
