import { HostLink } from './host-link';

/** jsdom has no MessagePort; the link needs no more of one than this. */
const aPort = () => ({ onmessage: null, postMessage: jest.fn(), close: jest.fn() });

function knock(overrides: Partial<MessageEventInit> & { ports?: unknown[] } = {}): void {
  const event = new MessageEvent('message', {
    data: { cordboard: 'connect', v: 1, kept: null },
    origin: 'https://sever.example',
    source: window,
  });
  for (const [name, value] of Object.entries({ ports: [aPort()], ...overrides })) Object.defineProperty(event, name, { value });
  dispatchEvent(event);
}

describe('the handshake', () => {
  const onConnected = jest.fn();
  const events = { onConnected, onOpen: jest.fn(), onClose: jest.fn(), onPage: jest.fn() };
  new HostLink(['https://sever.example'], events);
  beforeEach(() => onConnected.mockClear());

  it('takes a port from the embedding page when its origin is listed', () => {
    knock();
    expect(onConnected).toHaveBeenCalledWith('https://sever.example', null);
  });

  it.each([
    ['another origin', { origin: 'https://sever.example.evil' }],
    ['another window', { source: null }],
    ['another message', { data: 'connect' }],
    ['no port', { ports: [] }],
  ])('leaves %s alone', (_what, overrides) => {
    knock(overrides);
    expect(onConnected).not.toHaveBeenCalled();
  });
});
