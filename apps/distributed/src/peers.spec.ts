import { formatPeers, parsePeers } from './peers';

describe('addresses of peers', () => {
  it('stand by service, several of each', () => {
    const peers = { inbox: ['127.0.0.1:4311', 'inbox.cordboard.svc:8081'], routing: ['[::1]:4321'] };
    expect(parsePeers(formatPeers(peers))).toEqual(peers);
    expect(parsePeers('inbox = a:1 , b:2 ; routing=c:3;')).toEqual({ inbox: ['a:1', 'b:2'], routing: ['c:3'] });
  });

  it('may be none', () => expect(parsePeers('')).toEqual({}));

  it.each([
    ['inbox', '“” of inbox is not host:port'],
    ['inbox=', '“” of inbox is not host:port'],
    ['inbox=a', '“a” of inbox is not host:port'],
    ['inbox=a:1=b:2', 'is not service=host:port'],
    ['inbox=a:1;inbox=b:2', 'inbox is named twice'],
  ])('are refused as %s', (text, why) => expect(() => parsePeers(text)).toThrow(why));
});
