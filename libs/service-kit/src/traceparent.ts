import { randomUUID } from 'node:crypto';

const shape = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** 32 digits; Node draws its UUIDs in stock, other random bytes one by one. */
const randomHex = () => randomUUID().replaceAll('-', '');

/** The header if it is a W3C traceparent, else a fresh one. */
export function traceparentOf(header: unknown): string {
  if (typeof header === 'string' && shape.test(header)) return header;
  return `00-${randomHex()}-${randomHex().slice(0, 16)}-01`;
}
