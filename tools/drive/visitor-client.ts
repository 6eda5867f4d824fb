import { randomBytes, randomUUID } from 'node:crypto';
import { limits, PROTOCOL_VERSION, type ServerFrame, type ThreadMessage } from '@cordboard/webchat-protocol';
import { WebSocket } from 'ws';

/** A message on its way; `id` is the client's own and stays the same however often it is said. */
export interface Outgoing {
  id: string;
  text: string;
}

export interface VisitorEvents {
  onAck?: (item: Outgoing, n: number) => void;
  /** A message of an agent has come, live or on resuming. */
  onMessage?: (message: ThreadMessage) => void;
  onBusy?: () => void;
  onOnline?: () => void;
  /** Refusals and other frames that a healthy run does not bring. */
  onTrouble?: (frame: ServerFrame) => void;
}

export interface VisitorOptions {
  port: number;
  /** Slug of the tenant. */
  tenant: string;
  address: string;
  /** Of someone who has been here before. */
  token?: string;
  /** Marks agents' messages read as they come, as an open panel does. */
  marks: boolean;
}

const answerWithinMs = 15_000;
const pageUrl = (tenant: string) => `https://${tenant}.example/catalogue/summer`;

/**
 * A visitor's widget without the page: one socket that comes back, messages said one at a time in order and again until
 * they are acknowledged, thread resumed by its last number. A gap in the numbers is asked for, as the widget does.
 */
export class VisitorClient {
  token: string | null;
  /** Which webchat the socket is at, where there are several. */
  instance: string | undefined;
  /** Highest n up to which every message is known. */
  lastN = 0;
  isOnline = false;
  private readonly waiting: Outgoing[] = [];
  private readonly ahead = new Map<number, ThreadMessage | null>();
  private socket: WebSocket | undefined;
  private inFlight: Outgoing | undefined;
  private wanted = false;
  private attempt = 0;
  private timer: NodeJS.Timeout | undefined;
  private syncTimer: NodeJS.Timeout | undefined;
  private pinger: NodeJS.Timeout | undefined;

  constructor(
    readonly options: VisitorOptions,
    private readonly events: VisitorEvents,
  ) {
    this.token = options.token ?? null;
  }

  /** Messages not acknowledged yet. */
  get pending(): number {
    return this.waiting.length;
  }

  connect(): void {
    this.wanted = true;
    const { port, tenant, address } = this.options;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/webchat/socket`, {
      origin: `http://127.0.0.1:${port}`,
      headers: { 'x-forwarded-for': address },
      perMessageDeflate: false,
    });
    this.socket = socket;
    socket.on('open', () => {
      const hello = { type: 'hello', v: PROTOCOL_VERSION, tenant, token: this.token, lastN: this.token ? this.lastN : null };
      socket.send(JSON.stringify({ ...hello, origin: `http://127.0.0.1:${port}`, language: 'en' }));
    });
    socket.on('message', (data: Buffer) => this.socket === socket && this.hear(JSON.parse(data.toString()) as ServerFrame));
    socket.on('error', () => undefined);
    socket.on('close', () => this.socket === socket && this.broken());
  }

  send(text: string): Outgoing {
    const item = { id: randomUUID(), text };
    this.waiting.push(item);
    this.pump();
    return item;
  }

  /** Stops trying messages that are not in flight; gives how many. */
  giveUp(): number {
    const kept = this.inFlight ? 1 : 0;
    return this.waiting.splice(kept).length;
  }

  disconnect(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    clearTimeout(this.syncTimer);
    clearInterval(this.pinger);
    this.socket?.close(1000);
  }

  private hear(frame: ServerFrame): void {
    if (frame.type === 'ack') this.acked(frame.clientMsgId, frame.n);
    else if (frame.type === 'message') this.take([frame.message]);
    else if (frame.type === 'messages') this.take(frame.messages);
    else if (frame.type === 'welcome') {
      this.instance = frame.instance;
      this.welcomed(frame.token, frame.missed, frame.reset);
    } else if (frame.type === 'busy') this.postponed(frame.clientMsgId, frame.retryAfterMs);
    else if (frame.type === 'bye') this.leaveFor(frame.retryAfterMs);
    else if (frame.type === 'refused') this.events.onTrouble?.(frame);
  }

  private welcomed(token: string | null, missed: readonly ThreadMessage[], reset: boolean): void {
    if (token) this.token = token;
    if (reset) this.lastN = (missed[0]?.n ?? this.lastN + 1) - 1;
    this.isOnline = true;
    this.attempt = 0;
    this.take(missed);
    clearInterval(this.pinger);
    this.pinger = setInterval(() => this.say('{"type":"ping"}'), limits.pingMs);
    this.events.onOnline?.();
    this.inFlight = undefined;
    this.pump();
  }

  private acked(id: string, n: number): void {
    const index = this.waiting.findIndex((item) => item.id === id);
    const [item] = index >= 0 ? this.waiting.splice(index, 1) : [];
    if (this.inFlight?.id === id) this.inFlight = undefined;
    this.arrived(n, null);
    if (item) this.events.onAck?.(item, n);
    this.pump();
  }

  private take(messages: readonly ThreadMessage[]): void {
    let newest = 0;
    for (const message of messages) {
      if (message.clientMsgId && this.waiting.some((item) => item.id === message.clientMsgId)) this.acked(message.clientMsgId, message.n);
      else this.arrived(message.n, message);
      if (message.from === 'agent') newest = Math.max(newest, message.n);
    }
    if (newest > 0 && this.options.marks) this.say(`{"type":"read","upToN":${newest}}`);
  }

  /** Hands messages on in the order of n; one that comes early waits for the ones before it. */
  private arrived(n: number, message: ThreadMessage | null): void {
    if (n > this.lastN) this.ahead.set(n, message);
    for (let next = this.ahead.get(this.lastN + 1); next !== undefined; next = this.ahead.get(this.lastN + 1)) {
      this.ahead.delete(++this.lastN);
      if (next?.from === 'agent') this.events.onMessage?.(next);
    }
    if (this.ahead.size > 0 && !this.syncTimer) this.syncTimer = setTimeout(() => this.sync(), 250);
  }

  private sync(): void {
    this.syncTimer = undefined;
    if (this.ahead.size > 0) this.say(`{"type":"sync","afterN":${this.lastN}}`);
  }

  private postponed(id: string | null, retryAfterMs: number): void {
    this.events.onBusy?.();
    if (id === null) this.leaveFor(retryAfterMs * 2);
    else {
      this.inFlight = undefined;
      this.later(retryAfterMs * (1 + Math.random() / 2));
    }
  }

  private pump(): void {
    const next = this.waiting[0];
    if (this.inFlight || !next || !this.isOnline) return;
    this.inFlight = next;
    const trace = randomBytes(24).toString('hex');
    const page = `{"url":"${pageUrl(this.options.tenant)}","title":"Summer catalogue"}`;
    const traceparent = `00-${trace.slice(0, 32)}-${trace.slice(32)}-01`;
    this.say(
      `{"type":"send","clientMsgId":"${next.id}","text":${JSON.stringify(next.text)},"page":${page},"traceparent":"${traceparent}"}`,
    );
    this.later(answerWithinMs);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.inFlight = undefined;
      this.pump();
    }, ms);
  }

  private say(frame: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  private broken(): void {
    this.leaveFor(Math.min(2000, 100 * 2 ** this.attempt++));
  }

  /** Comes back after a random part of the time. */
  private leaveFor(withinMs: number): void {
    const socket = this.socket;
    this.socket = undefined;
    this.isOnline = false;
    this.inFlight = undefined;
    clearTimeout(this.timer);
    clearTimeout(this.syncTimer);
    this.syncTimer = undefined;
    clearInterval(this.pinger);
    socket?.terminate();
    if (this.wanted) this.timer = setTimeout(() => this.wanted && this.connect(), Math.random() * withinMs);
  }
}
