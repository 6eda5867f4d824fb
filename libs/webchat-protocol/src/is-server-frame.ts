import type { ServerFrame } from './server-frames';

const types: ReadonlySet<string> = new Set<ServerFrame['type']>([
  'welcome',
  'ack',
  'message',
  'messages',
  'typing',
  'marks',
  'busy',
  'refused',
  'bye',
  'pong',
]);

/** Whether a parsed JSON value is a frame this version knows; newer servers may say more, which is left aside. */
export function isServerFrame(value: unknown): value is ServerFrame {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && types.has(value.type);
}
