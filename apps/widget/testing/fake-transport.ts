import type { ClientFrame, ServerFrame, ThreadMessage, WelcomeFrame } from '@cordboard/webchat-protocol';
import type { OpenTransport, TransportEvents } from '../src/frame/connection/transport';

/** A server in the test's hand: each opened connection, what it was told, and what it says. */
export class FakeServer {
  readonly connections: FakeConnection[] = [];
  /** What happens to new connections. */
  reachable = true;

  readonly open: OpenTransport = (events) => {
    const connection = new FakeConnection(events);
    this.connections.push(connection);
    queueMicrotask(() => (this.reachable ? events.onOpen() : connection.close()));
    return connection;
  };

  get latest(): FakeConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error('Nobody has connected.');
    return connection;
  }
}

export class FakeConnection {
  readonly heard: ClientFrame[] = [];
  private closed = false;

  constructor(private readonly events: TransportEvents) {}

  send(frame: ClientFrame): void {
    if (!this.closed) this.heard.push(frame);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.events.onClose();
  }

  say(frame: ServerFrame): void {
    if (!this.closed) this.events.onFrame(frame);
  }

  welcome(overrides: Partial<WelcomeFrame> = {}): void {
    this.say({
      type: 'welcome',
      n: 0,
      missed: [],
      reset: false,
      token: null,
      visitorId: 'v',
      deliveredN: 0,
      readN: 0,
      agentName: null,
      site: aSite(),
      ...overrides,
    });
  }

  /** Frames of one type this connection was told. */
  of<Type extends ClientFrame['type']>(type: Type): Extract<ClientFrame, { type: Type }>[] {
    return this.heard.filter((frame): frame is Extract<ClientFrame, { type: Type }> => frame.type === type);
  }

  /** Acknowledges the last message it was told. */
  ack(n: number): void {
    const { clientMsgId } = this.of('send').at(-1) ?? { clientMsgId: '' };
    this.say({ type: 'ack', clientMsgId, id: `id-${n}`, n, at: '2026-11-23T10:00:00.000Z' });
  }
}

export const aSite = () => ({
  slug: 'clinic',
  name: 'Sever Clinics',
  colour: 'teal',
  languages: ['ru', 'en'],
  greeting: { ru: 'Здравствуйте!', en: 'Hello!' },
  hoursLine: { ru: 'До 20:00', en: 'Until 20:00' },
  sites: ['http://127.0.0.1'],
});

export const aMessage = (n: number, overrides: Partial<ThreadMessage> = {}): ThreadMessage => ({
  id: `m-${n}`,
  n,
  from: 'agent',
  text: `message ${n}`,
  clientMsgId: null,
  authorName: 'Maria',
  at: '2026-11-23T10:00:00.000Z',
  ...overrides,
});
