import type { IncomingMessage } from 'node:http';
import { KeyedBuckets } from './keyed-buckets';
import { networkAddress } from './network-address';
import { matches, newToken, readToken } from './token';

describe('a visitor’s token', () => {
  it('is known again by its hash, and by nothing else', () => {
    const visitorId = '01900000-0000-7000-8000-000000000001';
    const { token, hash } = newToken(visitorId);
    const known = readToken(token);
    expect(known?.visitorId).toBe(visitorId);
    expect(known && matches(known, hash)).toBe(true);
    const other = readToken(newToken(visitorId).token);
    expect(other && matches(other, hash)).toBe(false);
  });

  it.each(['', 'x', '01900000-0000-7000-8000-000000000001', `01900000-0000-7000-8000-000000000001.${'A'.repeat(42)}`])(
    'is not %p',
    (text) => {
      expect(readToken(text)).toBeNull();
    },
  );
});

describe('limits by key', () => {
  it('give a burst, then a rate, to each key by itself', () => {
    let now = 0;
    const buckets = new KeyedBuckets(2, 3, () => now);
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 500]);
    expect(buckets.take('b')).toBe(0);
    now += 500;
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 500]);
  });

  it('forget keys that are full again', () => {
    let now = 0;
    const buckets = new KeyedBuckets(1, 1, () => now);
    for (let key = 0; key < 9_999; key++) buckets.take(String(key));
    now += 5_000;
    for (let key = 0; key < 10; key++) buckets.take(`new ${key}`);
    expect(buckets.size).toBeLessThan(20);
  });
});

describe('the network address', () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}, trustedProxies = 0) =>
    networkAddress({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, trustedProxies);

  it('is what a trusted proxy says, a mapped address as what it maps, a household for IPv6', () => {
    expect(from('10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 203.0.113.7' }, 1)).toBe('203.0.113.7');
    expect(from('10.0.0.1', { 'x-forwarded-for': '6.6.6.6' })).toBe('10.0.0.1');
    expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(from('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  });
});
