import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The process could not be reached: nothing of the request has been sent, so another may have it. */
export class Undelivered extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'Undelivered';
  }
}

const connectWithinMs = 2000;
/** How long a connection is kept that nobody uses. */
export const keptUnusedMs = 30_000;

/** Resolves to an open connection on this machine; rejects with Undelivered. */
export function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, timeout: connectWithinMs });
    const fail = (error: Error) => {
      socket.destroy();
      reject(new Undelivered(error));
    };
    socket.once('timeout', () => fail(new Error(`no connection to port ${port} within ${connectWithinMs} ms`)));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.removeAllListeners('timeout').setTimeout(0);
      resolve(socket);
    });
  });
}

/** Kept connections to one process. A request gets its socket once that is open: one that fails before has lost nothing of its body. */
export class ConnectFirstAgent extends Agent {
  constructor(private readonly port: number) {
    super({ keepAlive: true, maxFreeSockets: 64, timeout: keptUnusedMs });
  }

  override createConnection(_options: ClientRequestArgs, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    const done = callback as ((error: Error | null, socket?: Socket) => void) | undefined;
    connectTo(this.port).then(
      (socket) => done?.(null, socket),
      (error: Error) => done?.(error),
    );
  }
}
