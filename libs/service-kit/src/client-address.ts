import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Of X-Forwarded-For only what the operator's own `trustedProxies` proxies wrote, counted
 * from its end, is believed; with none the header is ignored.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return direct;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return forwarded.at(-trustedProxies) ?? forwarded[0] ?? direct;
}
