import { able, type Backend, fewestSocketsFirst, inTurn, serviceFor } from './choice';

const backend = (service: string, options: Partial<Backend> = {}): Backend => ({
  service,
  isReady: true,
  isInUse: true,
  sockets: 0,
  ...options,
});

describe('the front’s choice', () => {
  const prefixes = new Map([
    ['/', 'gateway'],
    ['/graphql', 'gateway'],
    ['/webchat', 'webchat'],
  ]);

  it.each([
    ['/', 'gateway'],
    ['/graphql?x=1', 'gateway'],
    ['/webchat/socket', 'webchat'],
    ['/webchat?tenant=clinic', 'webchat'],
    ['/webchats', 'gateway'],
  ])('gives %s to %s', (url, service) => expect(serviceFor(prefixes, url)).toBe(service));

  it('knows nobody before prefixes are learnt', () => expect(serviceFor(new Map(), '/')).toBeUndefined());

  it('passes over who is not ready, leaves or is another service', () => {
    const ready = backend('inbox');
    const others = [backend('routing'), backend('inbox', { isReady: false }), backend('inbox', { isReady: false, isInUse: false })];
    expect(able([...others, ready], 'inbox')).toEqual([ready]);
  });

  it('falls back on those in use when none is ready, never on one that starts or leaves', () => {
    const away = backend('webchat', { isReady: false });
    expect(able([away, backend('webchat', { isReady: false, isInUse: false })], 'webchat')).toEqual([away]);
  });

  it('goes round, and names all others as the next to try', () => {
    expect([0, 1, 2, 3].map((turn) => inTurn(['a', 'b', 'c'], turn).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
    expect(inTurn([], 5)).toEqual([]);
  });

  it('gives a socket to who has the fewest', () => {
    const sockets = [3, 0, 2].map((count) => backend('gateway', { sockets: count }));
    expect(fewestSocketsFirst(sockets).map((each) => each.sockets)).toEqual([0, 2, 3]);
  });
});
