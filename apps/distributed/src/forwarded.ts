import type { IncomingMessage } from 'node:http';

/**
 * Writes into the headers who asks: the address of the connection is appended to X-Forwarded-For, of which services believe
 * what `trustedProxies` of the operator's and this front wrote. With no proxy of the operator's, what a client
 * claims in the other two is replaced.
 */
export function forward(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
  scheme: 'http' | 'ws',
): void {
  const before = headers['x-forwarded-for'];
  const address = socket.remoteAddress ?? 'unknown';
  headers['x-forwarded-for'] = before ? `${before}, ${address}` : address;
  if (trustedProxies > 0) return;
  headers['x-forwarded-proto'] = scheme;
  headers['x-forwarded-host'] = headers.host ?? '';
}
