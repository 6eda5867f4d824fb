import { type ClientFrame, type ServerFrame } from '@cordboard/webchat-protocol';
import type { WebSocket } from 'ws';
import { parseClientFrame } from '../protocol/client-frame.schema';
import type { FrameService } from '../visitor/frame.service';
import { type Peer, peerKey } from '../visitor/peer';
import { refusal } from '../visitor/refusal';
import type { VisitorService } from '../visitor/visitor.service';
import type { Hub, Listener } from './hub';

export interface SocketTools {
  visitors: VisitorService;
  frames: FrameService;
  hub: Hub;
  /** More unsent bytes than this and the socket goes. */
  bufferBytes: number;
  onError: (error: unknown) => void;
}

/** WebSocket close codes: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1, 4000 and up are ours. */
const closeCodes = { policy: 1008, restart: 1012, tryLater: 1013, resync: 4000 } as const;
const busyMs = 2_000;

/**
 * One visitor's socket: silent until hello, then a listener of the hub. Frames are begun in the order they came;
 * messages keep it because a visitor has one lane. A client that reads too slowly is sent off to resume (`bye`):
 * what it has not read is not kept in memory, it is in the database.
 */
export class VisitorSocket {
  readonly openedAt = performance.now();
  /** Something came since the last look. */
  alive = true;
  private listener: Listener | null = null;
  private peer: Peer | null = null;
  private greeting = false;

  constructor(
    readonly socket: WebSocket,
    private readonly address: string,
    private readonly tools: SocketTools,
  ) {
    socket.on('message', (data, isBinary) => {
      this.alive = true;
      if (isBinary) this.end(closeCodes.policy, refusal('frame', 'Frames are JSON text.'));
      else void this.hear(String(data));
    });
    socket.on('pong', () => {
      this.alive = true;
    });
    socket.on('close', () => this.listener && tools.hub.leave(this.listener));
    socket.on('error', () => socket.terminate());
  }

  get greeted(): boolean {
    return this.peer !== null;
  }

  /** The service stops: come back somewhere else, spread over `withinMs`. */
  dismiss(withinMs: number): void {
    this.end(closeCodes.restart, { type: 'bye', reason: 'stopping', retryAfterMs: withinMs });
  }

  private async hear(raw: string): Promise<void> {
    const frame = parseClientFrame(raw);
    if (!frame) return this.end(closeCodes.policy, refusal('frame', 'This is not a frame of the visitor protocol.'));
    try {
      if (frame.type === 'hello') await this.greet(frame);
      else if (this.peer && this.listener) await this.handle(this.peer, this.listener, frame);
      else if (frame.type === 'ping') this.say({ type: 'pong' });
      else this.end(closeCodes.policy, refusal('frame', 'The first frame has to be hello.'));
    } catch (error) {
      // The database is away, as a rule: the client resumes later, and unacknowledged messages are said again.
      this.tools.onError(error);
      this.end(closeCodes.tryLater, { type: 'busy', clientMsgId: null, retryAfterMs: busyMs });
    }
  }

  private async greet(frame: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    if (this.greeting) return this.end(closeCodes.policy, refusal('frame', 'Hello is said once.'));
    this.greeting = true;
    const greeting = await this.tools.visitors.greet(frame, this.address);
    if ('refused' in greeting) return this.end(closeCodes.policy, greeting.refused);
    const { peer, welcome } = greeting;
    const cursor = welcome.missed.at(-1)?.n ?? welcome.n;
    const { tenantId, visitorId } = peer;
    const listener: Listener = { tenantId, visitorId, cursor, known: new Set(), say: (said) => this.say(said) };
    this.say(welcome);
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.peer = peer;
    this.listener = listener;
    this.tools.hub.join(listener);
    // What was added between reading the thread and joining.
    this.tools.hub.threadMoved(peerKey(peer));
  }

  private async handle(peer: Peer, listener: Listener, frame: Exclude<ClientFrame, { type: 'hello' }>): Promise<void> {
    const answer = await this.tools.frames.handle(peer, frame);
    if (!answer) return;
    if (answer.type === 'refused' && answer.clientMsgId === null) return this.end(closeCodes.policy, answer);
    this.say(answer);
    if (answer.type === 'ack') this.tools.hub.acknowledged(listener, answer.n);
  }

  private say(frame: ServerFrame): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > this.tools.bufferBytes) {
      this.end(closeCodes.resync, { type: 'bye', reason: 'resync', retryAfterMs: busyMs });
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(frame));
  }

  private end(code: number, lastWord: ServerFrame): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(lastWord));
    socket.close(code);
  }
}
