import type { IncomingMessage } from 'node:http';
import { clientAddress } from './client-address';

const request = (forwarded?: string) =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it('is the connection itself, whatever the header says, when no proxy is trusted', () => {
    expect(clientAddress(request('6.6.6.6'), 0)).toBe('10.0.0.1');
  });

  it('is what the outermost trusted proxy saw, not what the client wrote before it', () => {
    expect(clientAddress(request('6.6.6.6, 203.0.113.7'), 1)).toBe('203.0.113.7');
    expect(clientAddress(request('6.6.6.6, 203.0.113.7, 10.0.0.2'), 2)).toBe('203.0.113.7');
  });

  it('is the connection when a trusted proxy wrote nothing', () => expect(clientAddress(request(), 1)).toBe('10.0.0.1'));
});
