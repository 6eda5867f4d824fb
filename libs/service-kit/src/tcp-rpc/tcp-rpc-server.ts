import type { Socket } from 'node:net';
import { ServerTCP, type TcpSocket } from '@nestjs/microservices';
import { z } from 'zod';
import { type Answering, answerCall } from '../answer-calls';
import { errorResponse } from '../rpc-wire';
import { RpcSocket } from './rpc-socket';

const drainMs = 3000;
const packetSchema = z.object({ id: z.string().max(100), pattern: z.string().max(100), data: z.unknown() });

/**
 * Serves the message handlers of a Nest application over Nest's TCP transport; event handlers are left to the bus.
 *
 * Beside its answers a server says two things of itself. `serving`, to each caller that has connected: a kernel accepts
 * for a process that has hung, so only this word means that somebody is there. `leaving`, when it closes: callers send no
 * more, wait for what they have asked, and hang up, so that no call is lost between the two ends.
 */
export class TcpRpcServer extends ServerTCP {
  private readonly callers = new Set<TcpSocket>();

  /** With port 0 the system chooses one: `unwrap<Server>().address()` tells it. */
  constructor(private readonly answering: Answering & { host: string; port: number }) {
    super({ host: answering.host, port: answering.port, socketClass: RpcSocket });
  }

  /** Calls back with whatever keeps it from listening; Nest's own tells only of a port in use. */
  override listen(callback: (error?: unknown) => void): void {
    this.server.once('error', callback);
    this.server.listen(this.port, this.host, () => {
      this.server.off('error', callback);
      callback();
    });
  }

  /** Takes no new connections, answers what is in hand and what still arrives, cuts off after 3 s who has not hung up. */
  override async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const caller of this.callers) caller.sendMessage({ notice: 'leaving' });
    const timer = setTimeout(() => {
      for (const caller of this.callers) caller.netSocket.destroy();
    }, drainMs);
    await ended;
    clearTimeout(timer);
  }

  override bindHandler(socket: Socket): void {
    const caller = this.getSocketInstance(socket);
    this.callers.add(caller);
    const address = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.on('close', () => this.callers.delete(caller));
    socket.on('error', (error) => this.answering.log.warn({ caller: address, reason: error.message }, 'The connection of a caller broke'));
    caller.on('message', (packet) => void this.handleMessage(caller, packet));
    caller.sendMessage({ notice: 'serving' });
  }

  override async handleMessage(caller: TcpSocket, packet: unknown): Promise<void> {
    const { data: request } = packetSchema.safeParse(packet);
    if (!request) {
      caller.netSocket.destroy(new Error('A frame was no call.'));
      return;
    }
    const { id, pattern, data } = request;
    const response = await answerCall(this.answering, pattern, this.messageHandlers.get(pattern), data);
    try {
      caller.sendMessage({ id, response, isDisposed: true });
    } catch (error) {
      this.answering.log.error({ err: error, call: pattern }, `The answer to ${pattern} could not be written`);
      caller.sendMessage({ id, response: errorResponse(error), isDisposed: true });
    }
  }

  override handleError(error: unknown): void {
    this.answering.log.error({ err: error }, 'The server of calls met an error');
  }
}
