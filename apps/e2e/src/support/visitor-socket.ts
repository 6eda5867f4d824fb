import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type ClientFrame, PROTOCOL_VERSION } from '@cordboard/webchat-protocol';
import { WebSocket } from 'ws';
import type { Cordboard } from './cordboard';

/** Writes one message as a new visitor of a tenant's site, without a browser; resolves when it is acknowledged. */
export async function writeAsVisitor(cordboard: Cordboard, tenant: string, text: string): Promise<void> {
  const socket = new WebSocket(`${cordboard.console.replace('http', 'ws')}/webchat/socket`);
  await once(socket, 'open');
  const hear = (type: string) =>
    new Promise<void>((heard, failed) => {
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data)) as { type: string };
        if (frame.type === type) heard();
        if (frame.type === 'refused') failed(new Error(String(data)));
      });
    });
  const welcomed = hear('welcome');
  const say = (frame: ClientFrame) => socket.send(JSON.stringify(frame));
  say({ type: 'hello', v: PROTOCOL_VERSION, tenant, token: null, lastN: null, origin: cordboard.sites, language: 'en' });
  await welcomed;
  const acknowledged = hear('ack');
  const page = { url: `${cordboard.sites}/demo/${tenant}`, title: 'Demo' };
  say({ type: 'send', clientMsgId: randomUUID(), text, page, traceparent: null });
  await acknowledged;
  socket.close();
}
