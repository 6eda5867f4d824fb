import type { DeliveryStatus } from '@cordboard/events';

/**
 * How far an outbound message can have come, from the least to the most that is known of it. A status only ever moves
 * to the right, so whatever order reports arrive in, the same one stands in the end: `failed` counts only before
 * `delivered`, and a message that did arrive is no longer failed or unknown.
 */
export const deliveryOrder: readonly DeliveryStatus[] = ['pending', 'unknown', 'sent', 'failed', 'delivered', 'read'];

/** True when a report says more than what stands. Entries without a status (customers' messages, notes) have none to move. */
export function movesForward(from: DeliveryStatus | null, to: DeliveryStatus): boolean {
  return from !== null && deliveryOrder.indexOf(to) > deliveryOrder.indexOf(from);
}
