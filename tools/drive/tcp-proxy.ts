import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pause } from './wait';

/** A connection through the proxy. `greeting` is what its client says first, such as the name a PostgreSQL client gives. */
interface Line {
  client: Socket;
  server: Socket;
  greeting: string | undefined;
}

/** What is wrong on the way: nothing gets through and connections break; nothing gets through and nobody is told; each piece comes late. */
export type Trouble = { kind: 'cut' } | { kind: 'stalled' } | { kind: 'late'; ms: number };

/** Stands on a port of this machine before a server on another, and carries what is said until it is told to do worse. */
export class TcpProxy {
  private readonly lines = new Set<Line>();
  private trouble: Trouble | undefined;
  private isMeant: (greeting: string) => boolean = () => true;
  private readonly changes = new EventEmitter().setMaxListeners(0);

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly target: number,
  ) {
    server.on('connection', (client: Socket) => void this.carry(client));
  }

  /** `port` 0 is a free one. */
  static async listen(target: number, port = 0): Promise<TcpProxy> {
    const server = createServer({ noDelay: true }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return new TcpProxy(server, typeof address === 'object' && address ? address.port : port, target);
  }

  /** Troubles the connections whose greeting is meant, all when nothing is said; those to come as well. */
  disturb(trouble: Trouble, isMeant: (greeting: string) => boolean = () => true): void {
    this.trouble = trouble;
    this.isMeant = isMeant;
    this.changes.emit('change');
    for (const line of this.lines) if (trouble.kind === 'cut' && this.troubles(line)) hangUp(line);
  }

  heal(): void {
    this.trouble = undefined;
    this.changes.emit('change');
  }

  close(): void {
    this.server.close();
    for (const line of this.lines) hangUp(line);
  }

  private async carry(client: Socket): Promise<void> {
    const line: Line = { client, server: connect({ port: this.target, host: '127.0.0.1', noDelay: true }), greeting: undefined };
    this.lines.add(line);
    for (const socket of [line.client, line.server]) socket.on('error', () => hangUp(line)).on('close', () => hangUp(line));
    await Promise.all([this.pass(line, line.client, line.server), this.pass(line, line.server, line.client)]).catch(() => undefined);
    hangUp(line);
    this.lines.delete(line);
  }

  private async pass(line: Line, from: Socket, to: Socket): Promise<void> {
    for await (const piece of from as AsyncIterable<Buffer>) {
      line.greeting ??= piece.toString('latin1', 0, 400);
      while (this.troubles(line)?.kind === 'stalled') await once(this.changes, 'change');
      const trouble = this.troubles(line);
      if (trouble?.kind === 'cut' || to.destroyed) return hangUp(line);
      if (trouble?.kind === 'late') await pause(trouble.ms);
      if (!to.write(piece)) await once(to, 'drain');
    }
    to.end();
  }

  private troubles(line: Line): Trouble | undefined {
    return this.trouble && line.greeting !== undefined && this.isMeant(line.greeting) ? this.trouble : undefined;
  }
}

function hangUp({ client, server }: Line): void {
  client.destroy();
  server.destroy();
}
