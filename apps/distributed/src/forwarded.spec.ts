import type { IncomingHttpHeaders } from 'node:http';
import { clientAddress } from '@cordboard/service-kit';
import { forward } from './forwarded';

function forwarded(headers: IncomingHttpHeaders, trustedProxies: number): IncomingHttpHeaders {
  const request = { headers: { host: 'chat.example', ...headers }, socket: { remoteAddress: '192.0.2.7' } as never };
  forward(request, trustedProxies, 'http');
  return request.headers;
}

/** What a service behind the front, which trusts one proxy more, takes for the visitor's address. */
const believed = (headers: IncomingHttpHeaders, trustedProxies: number) =>
  clientAddress({ headers: forwarded(headers, trustedProxies), socket: { remoteAddress: '127.0.0.1' } as never }, trustedProxies + 1);

describe('who asks, behind the front', () => {
  it('is the connection’s address, whatever a client claims', () => {
    expect(believed({}, 0)).toBe('192.0.2.7');
    expect(believed({ 'x-forwarded-for': '10.9.9.9' }, 0)).toBe('192.0.2.7');
  });

  it('is what the operator’s own proxy says', () => {
    expect(believed({ 'x-forwarded-for': '203.0.113.5' }, 1)).toBe('203.0.113.5');
    expect(believed({ 'x-forwarded-for': '10.9.9.9, 203.0.113.5' }, 1)).toBe('203.0.113.5');
  });

  it('cannot claim another host or scheme, a proxy can', () => {
    const claims = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect(forwarded(claims, 0)).toMatchObject({ 'x-forwarded-host': 'chat.example', 'x-forwarded-proto': 'http' });
    expect(forwarded(claims, 1)).toMatchObject(claims);
  });
});
