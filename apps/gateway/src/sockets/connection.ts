import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { inOneFlush } from '@cordboard/persistence';
import type { WebSocket } from 'ws';
import type { Subscriber } from '../live/live-hub';
import type { Membership } from '../live/membership';
import type { Session } from '../session/session';
import { type CloseReason, closeCodes } from './close-codes';

const mostBuffered = 1_048_576;
const closingMs = 2000;

/**
 * One agent's socket. Nothing queues here without bound: what the browser does not take stands in the socket's own
 * buffer, and past 1 MB the socket is closed, so that the client connects again and reads the state afresh.
 */
export class Connection implements Subscriber {
  readonly id = randomUUID();
  /** Subscriptions on their way in. */
  readonly joining = new Set<Promise<unknown>>();
  /** What runs here, by operation id. Our own book: the library forgets an operation when the client says it is over. */
  readonly running = new Map<string, Membership | null>();
  private known: Session | undefined;
  private answered = true;

  constructor(
    private readonly socket: WebSocket,
    /** What the socket writes on. */
    private readonly stream: Duplex,
    readonly token: string | undefined,
  ) {
    socket.on('pong', () => {
      this.answered = true;
    });
  }

  get session(): Session {
    if (!this.known) throw new Error('The socket has not been let in yet.');
    return this.known;
  }

  get signedIn(): Session | undefined {
    return this.known;
  }

  letIn(session: Session): void {
    this.known = session;
  }

  next(operationId: string, json: string): void {
    this.send(`{"id":${JSON.stringify(operationId)},"type":"next","payload":${json}}`);
  }

  send(data: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > mostBuffered) {
      this.close(closeCodes.tooSlow);
    } else {
      inOneFlush(this.stream);
      this.socket.send(data);
    }
  }

  /** The socket has closed: nothing is for it any more. */
  leave(): void {
    for (const membership of this.running.values()) void membership?.return();
  }

  /** A client that does not take part in closing is cut off. */
  close({ code, reason }: CloseReason): void {
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), closingMs).unref();
  }

  /** Cuts the socket off when the last ping was not answered, else pings again. */
  ping(): void {
    if (this.answered) this.socket.ping();
    else this.socket.terminate();
    this.answered = false;
  }
}
