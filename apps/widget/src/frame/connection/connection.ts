import { type ClientFrame, limits, type ServerFrame } from '@cordboard/webchat-protocol';
import { reconnectDelay } from './reconnect-delay';
import type { OpenTransport, Transport } from './transport';

/** *idle* has not been asked to connect; *waiting* sits out a pause between two tries. */
export type Phase = 'idle' | 'connecting' | 'online' | 'waiting';

export interface ConnectionEvents {
  /** A transport is open: say hello. */
  onOpen: () => void;
  onFrame: (frame: ServerFrame) => void;
  onPhase: (phase: Phase) => void;
}

/** A connection must have held this long before a break counts as the first. */
const steadyMs = 5_000;
/** So many sockets in a row that never opened, while the browser says it is online, mean that sockets are blocked. */
const blockedAfter = 2;
/** How long a transport may take to open and be welcomed. */
const openWithinMs = 10_000;

/**
 * Keeps one transport alive. A break is followed by another try after a random pause between 0 and a cap that
 * doubles from 1 to 30 s (full jitter), at once when the browser comes back online or the tab is looked at again.
 * Every 25 s a ping; when nothing at all has come 10 s later, the connection is held for dead: a half-open socket
 * is noticed within 35 s, and within 5 s of looking at the tab. Sockets that never open are replaced by polling.
 */
export class Connection {
  private transport: Transport | null = null;
  private phase: Phase = 'idle';
  private attempt = 0;
  private neverOpened = 0;
  private retryTimer = 0;
  private pingTimer = 0;
  private deadTimer = 0;
  private welcomedAt = 0;
  private stopped = false;

  constructor(
    private readonly events: ConnectionEvents,
    private readonly transports: { socket: OpenTransport; poll: OpenTransport },
  ) {}

  start(): void {
    if (this.phase !== 'idle') return;
    addEventListener('online', this.hurry);
    addEventListener('offline', this.doubt);
    document.addEventListener('visibilitychange', this.looked);
    this.connect();
  }

  /** Ends it for good: the server will not have us here. */
  stop(): void {
    this.stopped = true;
    this.drop();
    clearTimeout(this.retryTimer);
    removeEventListener('online', this.hurry);
    removeEventListener('offline', this.doubt);
    document.removeEventListener('visibilitychange', this.looked);
    this.enter('idle');
  }

  send(frame: ClientFrame): void {
    this.transport?.send(frame);
  }

  /** Try now: the person asked, or the network is back. */
  readonly hurry = (): void => {
    if (this.phase !== 'waiting') return;
    clearTimeout(this.retryTimer);
    this.connect();
  };

  /** The server asks to come back later, at the latest after `withinMs`. */
  retryWithin(withinMs: number): void {
    this.drop();
    this.pause(Math.random() * withinMs);
  }

  private readonly looked = (): void => {
    if (document.visibilityState !== 'visible') return;
    this.hurry();
    if (this.phase === 'online') this.ping(limits.pongMs / 2);
  };

  private readonly doubt = (): void => {
    if (this.phase === 'online') this.ping(limits.pongMs / 2);
  };

  private connect(): void {
    this.enter('connecting');
    this.welcomedAt = 0;
    let opened = false;
    const open = this.neverOpened >= blockedAfter ? this.transports.poll : this.transports.socket;
    const transport = open({
      onOpen: () => {
        opened = true;
        if (open === this.transports.socket) this.neverOpened = 0;
        this.events.onOpen();
      },
      onFrame: (frame) => this.hear(frame),
      onClose: () => {
        if (this.transport !== transport) return;
        if (open === this.transports.poll) this.neverOpened = 0;
        else if (!opened && navigator.onLine) this.neverOpened++;
        this.broken();
      },
    });
    this.transport = transport;
    this.deadTimer = window.setTimeout(() => transport.close(), openWithinMs);
  }

  private hear(frame: ServerFrame): void {
    clearTimeout(this.deadTimer);
    if (frame.type === 'welcome') {
      this.welcomedAt = performance.now();
      this.enter('online');
    }
    this.schedulePing();
    this.events.onFrame(frame);
  }

  private broken(): void {
    const steady = this.welcomedAt > 0 && performance.now() - this.welcomedAt > steadyMs;
    if (steady) this.attempt = 0;
    this.drop();
    if (!this.stopped) this.pause(reconnectDelay(this.attempt++));
  }

  private pause(ms: number): void {
    this.enter('waiting');
    clearTimeout(this.retryTimer);
    this.retryTimer = window.setTimeout(() => this.connect(), ms);
  }

  private drop(): void {
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadTimer);
    const transport = this.transport;
    this.transport = null;
    transport?.close();
  }

  private schedulePing(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = window.setTimeout(() => this.ping(limits.pongMs), limits.pingMs);
  }

  private ping(answerWithinMs: number): void {
    const transport = this.transport;
    transport?.send({ type: 'ping' });
    clearTimeout(this.deadTimer);
    this.deadTimer = window.setTimeout(() => transport?.close(), answerWithinMs);
  }

  private enter(phase: Phase): void {
    if (this.phase === phase) return;
    this.phase = phase;
    this.events.onPhase(phase);
  }
}
