import { openSocket } from './socket';

/** A server that acknowledges a connection at once, keeps what it is told and answers when it is told to. */
class FakeSocket {
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static last: FakeSocket;
  readyState = FakeSocket.OPEN;
  readonly heard: { type: string; payload?: Record<string, unknown> }[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;

  constructor() {
    FakeSocket.last = this;
    setTimeout(() => this.onopen?.());
  }

  send(text: string): void {
    const message = JSON.parse(text);
    this.heard.push(message);
    if (message.type === 'connection_init') this.say({ type: 'connection_ack' });
  }

  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.({ code: 1006, reason: '' });
  }

  get types(): string[] {
    return this.heard.map(({ type }) => type);
  }
}

describe('the live socket', () => {
  const before = globalThis.WebSocket;
  beforeEach(() => {
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    globalThis.WebSocket = before;
  });

  const subscribed = async () => {
    const socket = openSocket('ws://localhost/graphql');
    socket.subscribe({ query: 'subscription { presenceEvents { personId } }' }, { next: () => 0, error: () => 0, complete: () => 0 });
    await jest.advanceTimersByTimeAsync(1);
    return socket;
  };

  it('asks behind its subscriptions whether they are in place, and believes the answer to its own question only', async () => {
    const socket = await subscribed();
    const asked = socket.inPlace();
    const told = jest.fn();
    void asked.then(told);
    await jest.advanceTimersByTimeAsync(1);
    expect(FakeSocket.last.types).toEqual(['connection_init', 'subscribe', 'ping']);
    FakeSocket.last.say({ type: 'pong' });
    await jest.advanceTimersByTimeAsync(100);
    expect(told).not.toHaveBeenCalled();
    FakeSocket.last.say({ type: 'pong', payload: FakeSocket.last.heard.at(-1)?.payload });
    expect(await asked).toBe('yes');
  });

  it('does not wait for a server that is slow or gone', async () => {
    const socket = await subscribed();
    const late = socket.inPlace();
    await jest.advanceTimersByTimeAsync(3_001);
    expect(await late).toBe('late');
    const away = socket.inPlace();
    await jest.advanceTimersByTimeAsync(1);
    FakeSocket.last.close();
    expect(await away).toBe('away');
    const stillAway = socket.inPlace();
    await jest.advanceTimersByTimeAsync(1);
    expect(await stillAway).toBe('away');
  });
});
