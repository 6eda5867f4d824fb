import { randomBytes } from 'node:crypto';

const shape = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The header if it is a W3C traceparent, else a fresh one. */
export function traceparentOf(header: unknown): string {
  if (typeof header === 'string' && shape.test(header)) return header;
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
