import { parseClientFrame } from './client-frame.schema';

const parse = (frame: unknown) => parseClientFrame(JSON.stringify(frame));
const send = { type: 'send', clientMsgId: '2f1ad5ba-7d60-4c4e-9d02-6e5ad5b1f0aa', text: 'hello', page: null, traceparent: null };

describe('a frame of a visitor', () => {
  it('is taken when it keeps to the protocol', () => {
    expect(parse(send)).toEqual(send);
    expect(parse({ type: 'read', upToN: 3 })).toEqual({ type: 'read', upToN: 3 });
  });

  it('loses what it may not carry: query strings, odd characters, a bad trace', () => {
    const frame = parse({
      ...send,
      text: ' a\u0000b ',
      page: { url: 'https://x.example/a?token=1#b', title: 'X' },
      traceparent: 'nonsense',
    });
    expect(frame).toMatchObject({ text: 'ab', page: { url: 'https://x.example/a' }, traceparent: null });
  });

  it.each([
    ['not JSON', '{'],
    ['of no kind', '{}'],
    ['of an unknown kind', '{"type":"shout"}'],
    ['without an id', JSON.stringify({ ...send, clientMsgId: 'mine' })],
    ['with a negative number', '{"type":"read","upToN":-1}'],
    ['too large', JSON.stringify({ ...send, text: 'x'.repeat(70_000) })],
  ])('is refused when it is %s', (_what, raw) => {
    expect(parseClientFrame(raw)).toBeNull();
  });
});
