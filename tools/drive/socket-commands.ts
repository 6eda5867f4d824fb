import type { WebSocket } from 'ws';
import type { Answer } from './http-client';
import { TryAgain } from './try-again';

interface Pending {
  name: string;
  answered: (answer: Answer) => void;
  failed: (error: TryAgain) => void;
  timeout: NodeJS.Timeout;
}

/** Mutations on a socket that are not answered yet, by operation id. */
export class SocketCommands {
  private asked = 0;
  private readonly pending = new Map<string, Pending>();

  /** `body` is a GraphQL request as JSON. A socket that brings no answer in time is given up. */
  ask(socket: WebSocket, name: string, body: string, withinMs: number): Promise<Answer> {
    const id = `do${++this.asked}`;
    return new Promise((answered, failed) => {
      const timeout = setTimeout(() => {
        this.pending.delete(id);
        failed(new TryAgain(`${name}: no answer on the socket within ${withinMs} ms`, 0, undefined));
        socket.terminate();
      }, withinMs);
      this.pending.set(id, { name, answered, failed, timeout });
      socket.send(`{"id":"${id}","type":"subscribe","payload":${body}}`);
    });
  }

  /** Whether the frame was about a command. `frame` is read as Latin-1, to be searched without decoding. */
  hear(frame: string, data: Buffer): boolean {
    const id = /"id":"(do\d+)"/.exec(frame)?.[1];
    if (!id) return false;
    const pending = this.pending.get(id);
    if (!pending) return true;
    this.pending.delete(id);
    clearTimeout(pending.timeout);
    const text = data.toString();
    if (frame.includes('"type":"error"')) throw new Error(`${pending.name} was refused: ${text}`);
    const from = text.indexOf('"payload":') + '"payload":'.length;
    pending.answered({ status: 200, headers: {}, text: text.slice(from, -1) });
    return true;
  }

  /** The socket is gone: nobody will answer what is pending. */
  fail(): void {
    for (const { name, failed, timeout } of this.pending.values()) {
      clearTimeout(timeout);
      failed(new TryAgain(`${name}: the socket closed before the answer came`, 0, undefined));
    }
    this.pending.clear();
  }
}
