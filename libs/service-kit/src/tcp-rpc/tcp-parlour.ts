import type { AddressInfo, Server, Socket } from 'node:net';
import pino, { type Logger } from 'pino';
import { Parlour } from '../rpc-contract/parlour';
import { TcpRpcServer } from './tcp-rpc-server';

export const silent = pino({ level: 'silent' });

/** A parlour served over TCP on loopback, that can be killed. */
export class TcpParlour {
  /** Connections there have been. */
  accepted = 0;
  /** Those that are there. */
  readonly sockets = new Set<Socket>();
  stop: () => Promise<void> = async () => undefined;

  private constructor(
    readonly parlour: Parlour,
    private readonly listener: Server,
  ) {
    listener.on('connection', (socket: Socket) => {
      this.accepted += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async open({ name = 'one', port = 0, log = silent }: { name?: string; port?: number; log?: Logger } = {}): Promise<TcpParlour> {
    const server = new TcpRpcServer({ host: '127.0.0.1', port, actorKey: new Uint8Array(32), log });
    const opened = new TcpParlour(new Parlour(name), server.unwrap<Server>());
    opened.stop = await opened.parlour.open(server);
    return opened;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** As when the process dies: nobody listens, and every connection breaks. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.listener.close(resolve));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }
}
