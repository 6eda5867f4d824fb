import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { clientAddress } from '@cordboard/service-kit';

/** Who is at the other end, for limits; an IPv6 address stands for its /64, which is one household. */
export function networkAddress(request: IncomingMessage, trustedProxies: number): string {
  const address = clientAddress(request, trustedProxies).replace(/^::ffff:/, '');
  return isIPv6(address) ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}
