import { PROTOCOL_VERSION, type ServerFrame, type ThreadMessage } from '@cordboard/webchat-protocol';
import { WebSocket } from 'ws';

export interface ThreadOwner {
  port: number;
  tenant: string;
  token: string;
}

const deadlineMs = 15_000;

/**
 * Loads a visitor's whole thread as their browser would after its storage was lost but for the token: hello from number
 * 0, then earlier and later pages until there is nothing left. Rejects when the server does not bring it in time.
 */
export function readThread({ port, tenant, token }: ThreadOwner): Promise<ThreadMessage[]> {
  return new Promise((resolve, reject) => {
    const messages = new Map<number, ThreadMessage>();
    let last = 0;
    let asked = '';
    const socket = new WebSocket(`ws://127.0.0.1:${port}/webchat/socket`, {
      origin: `http://127.0.0.1:${port}`,
      headers: { 'x-forwarded-for': '10.9.0.1' },
    });
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.terminate();
      if (error) reject(error);
      else resolve([...messages.values()].sort((a, b) => a.n - b.n));
    };
    const timer = setTimeout(() => end(new Error(`A reloaded visitor’s thread did not come within ${deadlineMs} ms.`)), deadlineMs);
    const continueReading = () => {
      const numbers = [...messages.keys()];
      const first = Math.min(last + 1, ...numbers);
      let whole = first;
      while (messages.has(whole)) whole++;
      const next = first > 1 ? `{"type":"history","beforeN":${first}}` : whole <= last ? `{"type":"sync","afterN":${whole - 1}}` : '';
      if (next === '' || next === asked) end();
      else socket.send(next);
      asked = next;
    };
    socket.on('open', () => {
      const hello = { type: 'hello', v: PROTOCOL_VERSION, tenant, token, lastN: 0, origin: `http://127.0.0.1:${port}`, language: 'en' };
      socket.send(JSON.stringify(hello));
    });
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      if (frame.type === 'refused') return end(new Error(`A reloaded visitor was refused: ${frame.code} ${frame.message}`));
      if (frame.type === 'busy' || frame.type === 'bye') return end(new Error('A reloaded visitor was told to come back.'));
      const brought =
        frame.type === 'welcome'
          ? frame.missed
          : frame.type === 'messages'
            ? frame.messages
            : frame.type === 'message'
              ? [frame.message]
              : [];
      for (const message of brought) messages.set(message.n, message);
      if (frame.type === 'welcome' || frame.type === 'messages') {
        last = Math.max(last, frame.n);
        continueReading();
      }
    });
    socket.on('error', (error) => end(error));
    socket.on('close', () => end(new Error('A reloaded visitor’s socket was closed.')));
  });
}
