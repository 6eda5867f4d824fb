import { type CallDefinition, OperationalError } from '@cordboard/rpc';
import { ClientTCP, type PacketId, type ReadPacket } from '@nestjs/microservices';
import { deadlineMissed, type RpcRequest } from '../rpc-wire';
import { FrameTooLong, RpcSocket } from './rpc-socket';

const openWithinMs = 2000;

/**
 * One connection to one replica. It is opened once and never mended: Nest's client, connected again, takes the late end of
 * its first socket for that of the second.
 */
export class TcpConnection extends ClientTCP {
  /** Resolves when it is over, or could not be opened. */
  readonly ended: Promise<void>;
  /** Why it ended. */
  reason = 'The other side hung up.';
  private readonly serving: Promise<void>;
  private state: 'opening' | 'serving' | 'leaving' = 'opening';
  private markServing: () => void = () => undefined;
  private heardAtMs = 0;

  constructor(address: { host: string; port: number }) {
    super({ ...address, socketClass: RpcSocket });
    this.ended = new Promise((resolve) => this.on('close', resolve));
    this.serving = new Promise((resolve, reject) => {
      this.markServing = resolve;
      this.on('close', () => reject(new Error(this.reason)));
    });
  }

  /** A call may be written now. */
  get isUsable(): boolean {
    return this.state === 'serving' && this.socket?.netSocket.writable === true;
  }

  /** Resolves when the replica has said that it serves; rejects after 2 s. */
  async open(): Promise<void> {
    const timer = setTimeout(() => this.end(`No word within ${openWithinMs} ms.`), openWithinMs);
    try {
      await Promise.all([this.connect(), this.serving]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Writes the call before it returns, and resolves to the answer. When a deadline passes without a word from the replica
   * since the call was made, nobody may be there any more: the connection is ended, and with it all its calls.
   */
  ask(call: CallDefinition, request: RpcRequest, withinMs: number): Promise<unknown> {
    const askedAtMs = performance.now();
    const packet: ReadPacket<RpcRequest> & Partial<PacketId> = { pattern: call.name, data: request };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.forget(packet);
        reject(deadlineMissed(call));
        if (this.heardAtMs < askedAtMs) this.end(`No word for ${Math.round(withinMs)} ms after a call.`);
      }, withinMs);
      this.publish(packet, ({ err, response }) => {
        clearTimeout(timer);
        this.forget(packet);
        if (err) reject(err instanceof FrameTooLong ? err : broken(call));
        else resolve(response);
      });
    });
  }

  end(reason: string): void {
    this.socket?.netSocket.destroy(new Error(reason));
  }

  override async handleResponse(packet: { notice?: unknown }): Promise<void> {
    this.heardAtMs = performance.now();
    if (packet.notice === 'serving') {
      this.state = 'serving';
      this.markServing();
    } else if (packet.notice === 'leaving') {
      this.state = 'leaving';
      this.endWhenAnswered();
    } else await super.handleResponse(packet);
  }

  override handleError(error: Error): void {
    this.reason = error.message;
  }

  private forget(packet: Partial<PacketId>): void {
    if (packet.id) this.routingMap.delete(packet.id);
    this.endWhenAnswered();
  }

  private endWhenAnswered(): void {
    if (this.state === 'leaving' && this.routingMap.size === 0) this.end('The replica leaves.');
  }
}

function broken(call: CallDefinition): OperationalError {
  return new OperationalError('SERVICE_AWAY', `The connection broke before ${call.name} was answered. Try again.`);
}
