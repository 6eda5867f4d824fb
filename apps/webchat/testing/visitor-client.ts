import { randomBytes, randomUUID } from 'node:crypto';
import {
  type ClientFrame,
  isServerFrame,
  limits,
  PROTOCOL_VERSION,
  type ServerFrame,
  type ThreadMessage,
  type WelcomeFrame,
} from '@cordboard/webchat-protocol';
import { WebSocket } from 'ws';

export interface VisitorOptions {
  /** `http://127.0.0.1:4000`, or its ws form. */
  url: string;
  /** Slug of the tenant. */
  tenant: string;
  /** Without it a new visitor is made; then `token` has theirs. */
  token?: string | null;
  /** The last number this visitor holds: what follows is missed. Null asks for the newest page. */
  lastN?: number | null;
  /** One of the tenant's sites. */
  origin: string;
  language?: string | null;
  /** Connect again by itself after a break, as the widget does; true. */
  reconnect?: boolean;
}

/** Where an acknowledged message stands. */
export interface Ack {
  clientMsgId: string;
  id: string;
  n: number;
  at: string;
}

interface Pending {
  clientMsgId: string;
  text: string;
  traceparent: string;
  resolve: (ack: Ack) => void;
  reject: (error: Error) => void;
}

/**
 * A visitor as tests, bench and chaos need one: the widget's protocol over a plain socket, nothing else. Messages go
 * out one at a time in the order of `send`, and are said again with the same id after `busy` and after a break, until
 * they are acknowledged. `thread` is what this visitor was shown, by number; `onMessage` is called once for each
 * message of an agent, in the order of `n`.
 */
export class VisitorClient {
  token: string | null;
  visitorId = '';
  lastN: number;
  deliveredN = 0;
  readN = 0;
  /** Everything shown so far. */
  readonly thread = new Map<number, ThreadMessage>();
  onMessage: (message: ThreadMessage) => void = () => undefined;
  onTyping: (typing: boolean, name: string) => void = () => undefined;
  onBusy: (retryAfterMs: number) => void = () => undefined;
  /** Called at each welcome; the first resolves `connect`. */
  onWelcome: (welcome: WelcomeFrame) => void = () => undefined;
  private socket: WebSocket | null = null;
  private readonly queue: Pending[] = [];
  private inFlight = false;
  private ready = false;
  private closed = false;
  private attempt = 0;
  private told: number;
  private timers = new Set<NodeJS.Timeout>();
  private held: number | null;

  private constructor(private readonly options: VisitorOptions) {
    this.token = options.token ?? null;
    this.held = options.lastN ?? null;
    this.lastN = options.lastN ?? 0;
    this.told = this.lastN;
  }

  /** Resolves after the first welcome; rejects when the server refuses for good, or does not answer within 15 s. */
  static connect(options: VisitorOptions): Promise<VisitorClient> {
    const client = new VisitorClient(options);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        client.close();
        reject(new Error(`No welcome from ${options.url} within 15 s.`));
      }, 15_000);
      client.onWelcome = () => {
        clearTimeout(timer);
        resolve(client);
      };
      client.onRefused = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      client.open();
    });
  }

  /** Resolves when the message is committed. The same id may be sent again, here or by another client of the visitor. */
  send(text: string, clientMsgId: string = randomUUID(), traceparent: string = newTraceparent()): Promise<Ack> {
    return new Promise((resolve, reject) => {
      this.queue.push({ clientMsgId, text, traceparent, resolve, reject });
      this.pump();
    });
  }

  typing(typing: boolean): void {
    this.say({ type: 'typing', typing });
  }

  markDelivered(upToN: number = this.lastN): void {
    this.say({ type: 'delivered', upToN });
  }

  markRead(upToN: number = this.lastN): void {
    this.say({ type: 'read', upToN });
  }

  /** How many messages wait for their acknowledgement. */
  get unacknowledged(): number {
    return this.queue.length;
  }

  get connected(): boolean {
    return this.ready && this.socket?.readyState === WebSocket.OPEN;
  }

  /** Breaks the connection as a lost network would; it comes back unless `reconnect` is false. */
  drop(): void {
    this.socket?.terminate();
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.socket?.close();
  }

  private onRefused: (error: Error) => void = () => undefined;

  private open(): void {
    if (this.closed) return;
    const socket = new WebSocket(`${this.options.url.replace(/^http/, 'ws')}/webchat/socket`, { perMessageDeflate: false });
    this.socket = socket;
    socket.on('open', () => {
      const { tenant, origin, language = null } = this.options;
      this.write({ type: 'hello', v: PROTOCOL_VERSION, tenant, token: this.token, lastN: this.held, origin, language });
    });
    socket.on('message', (data) => {
      const frame: unknown = JSON.parse(String(data));
      if (isServerFrame(frame)) this.hear(frame);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.inFlight = false;
      this.ready = false;
      if (this.socket !== socket || this.closed || this.options.reconnect === false) return;
      this.later(Math.random() * Math.min(30_000, 1_000 * 2 ** this.attempt++), () => this.open());
    });
  }

  private hear(frame: ServerFrame): void {
    if (frame.type === 'welcome') this.welcomed(frame);
    else if (frame.type === 'ack') this.acked(frame);
    else if (frame.type === 'message') this.show([frame.message]);
    else if (frame.type === 'messages') this.show(frame.messages);
    else if (frame.type === 'typing') this.onTyping(frame.typing, frame.name);
    else if (frame.type === 'marks') Object.assign(this, { deliveredN: frame.deliveredN, readN: frame.readN });
    else if (frame.type === 'busy') {
      this.onBusy(frame.retryAfterMs);
      this.later(frame.retryAfterMs * (1 + Math.random() / 2), () => {
        this.inFlight = false;
        this.pump();
      });
    } else if (frame.type === 'refused') this.refused(frame.clientMsgId, new Error(`${frame.code}: ${frame.message}`));
  }

  private welcomed(frame: WelcomeFrame): void {
    this.attempt = 0;
    this.ready = true;
    this.token = frame.token ?? this.token;
    this.visitorId = frame.visitorId;
    this.deliveredN = frame.deliveredN;
    this.readN = frame.readN;
    if (frame.reset) {
      this.thread.clear();
      const first = frame.missed[0]?.n ?? frame.n + 1;
      this.lastN = first - 1;
      this.told = Math.min(this.told, frame.n);
    }
    this.held = this.lastN;
    this.show(frame.missed);
    if (this.lastN < frame.n) this.say({ type: 'sync', afterN: this.lastN });
    this.inFlight = false;
    this.onWelcome(frame);
    this.pump();
  }

  private acked(frame: Ack): void {
    const index = this.queue.findIndex((pending) => pending.clientMsgId === frame.clientMsgId);
    const [pending] = index >= 0 ? this.queue.splice(index, 1) : [];
    if (!pending) return;
    const { clientMsgId, id, n, at } = frame;
    this.show([{ id, n, from: 'visitor', text: pending.text, clientMsgId, authorName: null, at }]);
    this.inFlight = false;
    pending.resolve({ clientMsgId, id, n, at });
    this.pump();
  }

  private refused(clientMsgId: string | null, error: Error): void {
    if (clientMsgId === null) {
      this.closed = true;
      this.onRefused(error);
      for (const pending of this.queue.splice(0)) pending.reject(error);
      return;
    }
    const index = this.queue.findIndex((pending) => pending.clientMsgId === clientMsgId);
    if (index >= 0) this.queue.splice(index, 1)[0]?.reject(error);
    this.inFlight = false;
    this.pump();
  }

  /** Keeps what is new; tells of agents' messages once there is no gap before them, and asks for what a gap holds. */
  private show(messages: readonly ThreadMessage[]): void {
    for (const message of messages) this.thread.set(message.n, message);
    while (this.thread.has(this.lastN + 1)) this.lastN += 1;
    this.held = this.lastN;
    while (this.told < this.lastN) {
      this.told += 1;
      const message = this.thread.get(this.told);
      if (message?.from === 'agent') this.onMessage(message);
    }
    const newest = messages.at(-1)?.n ?? 0;
    if (newest > this.lastN) this.later(250, () => newest > this.lastN && this.say({ type: 'sync', afterN: this.lastN }));
  }

  private pump(): void {
    const [next] = this.queue;
    if (!next || this.inFlight || !this.connected) return;
    this.inFlight = true;
    const { clientMsgId, text, traceparent } = next;
    this.say({ type: 'send', clientMsgId, text, page: { url: `${this.options.origin}/`, title: 'Test' }, traceparent });
  }

  private say(frame: ClientFrame): void {
    if (this.connected) this.write(frame);
  }

  private write(frame: ClientFrame): void {
    const bytes = JSON.stringify(frame);
    if (bytes.length > limits.frameBytes) throw new Error(`A frame of ${bytes.length} bytes is too large.`);
    this.socket?.send(bytes);
  }

  private later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      then();
    }, ms);
    this.timers.add(timer);
  }
}

const newTraceparent = () => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
