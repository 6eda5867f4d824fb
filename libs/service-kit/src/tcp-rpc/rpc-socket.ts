import type { Socket } from 'node:net';
import { JsonSocket } from '@nestjs/microservices';

/** Characters of JSON; requests over HTTP are a quarter of it at most. */
export const longestFrame = 4_194_304;
const mostUnreadBytes = 16 * longestFrame;
const keepAliveAfterMs = 10_000;

/** The sender's fault: nothing was written, the connection stays. */
export class FrameTooLong extends Error {
  constructor(characters: number) {
    super(`A frame of ${characters} characters is longer than the ${longestFrame} allowed.`);
  }
}

/**
 * Nest's framing, `<length>#<json>`, with a bound on both sides. Nest reports a bad frame with its text and lets the other
 * side go on writing: here the connection is closed and the text told to nobody. Nest also stops reading while the other
 * side is slow to read, which two busy sides may do to each other for ever: here a side that reads nothing is cut off.
 */
export class RpcSocket extends JsonSocket {
  constructor(socket: Socket) {
    super(socket, { maxBufferSize: longestFrame });
    socket.setNoDelay(true).setKeepAlive(true, keepAliveAfterMs);
  }

  protected override handleSend(message: unknown): void {
    const json = JSON.stringify(message);
    if (json.length > longestFrame) throw new FrameTooLong(json.length);
    this.socket.write(`${json.length}#${json}`);
    if (this.socket.writableLength > mostUnreadBytes) this.socket.destroy(new Error('The other side does not read.'));
  }

  protected override handleDataError(error: Error): void {
    this.socket.destroy(new Error(`A frame was malformed, unfinished or too long (${error.constructor.name}).`));
  }
}
