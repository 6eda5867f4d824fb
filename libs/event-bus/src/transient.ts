import { OperationalError } from '@cordboard/rpc';
import { DatabaseError } from 'pg';

/** Connection exceptions, lack of resources, operator intervention, lost races: nothing is wrong with the event. */
const transientCodes = /^(08|53|57P|40001|40P01|55P03|58030|25006)/;
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const brokenConnection = /Connection terminated|not queryable|client has encountered a connection error/i;
const timeoutCodes = new Set(['57014', '25P03', '25P04']);

/** Whether the same work may succeed later; such errors are waited out and never count as tries. */
export function isTransient(error: unknown): boolean {
  if (error instanceof OperationalError) return true;
  if (error instanceof DatabaseError) return transientCodes.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  if (isBrokerTrouble(error)) return true;
  return networkCodes.has((error as NodeJS.ErrnoException).code ?? '') || brokenConnection.test(error.message);
}

/** Raised by the client of Kafka: brokers that are away, a group that is being joined again. */
export function isBrokerTrouble(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('KafkaJS');
}

/** Statement and transaction time-outs: a slow database or an event that always takes too long; the consumer finds out by counting. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && timeoutCodes.has(error.code ?? '');
}

/** Raised by bus.advance: another process works for the group now. */
export function isTakenOver(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === 'CB001';
}
