import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** Who is at the other end, as the proxy in front says; an IPv6 address stands for its /64, which is one household. */
export function networkAddress(request: IncomingMessage): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')[0]
    ?.trim();
  const address = (forwarded || request.socket.remoteAddress || 'unknown').replace(/^::ffff:/, '');
  return isIPv6(address) ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}
