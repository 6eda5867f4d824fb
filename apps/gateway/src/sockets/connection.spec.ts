import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { WebSocket } from 'ws';
import { Connection } from './connection';

class SlowSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  sent: string[] = [];
  closedWith = 0;
  terminated = false;
  pings = 0;

  send(data: string): void {
    this.sent.push(data);
    this.bufferedAmount += data.length;
  }
  close(code: number): void {
    this.closedWith = code;
    this.readyState = 2;
  }
  terminate(): void {
    this.terminated = true;
  }
  ping(): void {
    this.pings++;
  }
}

describe('a socket', () => {
  const open = () => {
    const socket = new SlowSocket();
    return { socket, connection: new Connection(socket as unknown as WebSocket, new PassThrough(), 'token') };
  };

  it('that does not take what is sent is closed before more than about 1 MB piles up', () => {
    const { socket, connection } = open();
    const json = JSON.stringify({ data: 'x'.repeat(10_000) });
    for (let n = 0; n < 1000; n++) connection.next('1', json);
    expect(socket.closedWith).toBe(4408);
    expect(socket.bufferedAmount).toBeLessThan(1_100_000);
  });

  it('frames the bytes with the operation of the client', () => {
    const { socket, connection } = open();
    connection.next('a"b', '{"data":null}');
    expect(JSON.parse(socket.sent[0] ?? '')).toEqual({ id: 'a"b', type: 'next', payload: { data: null } });
  });

  it('that answers no ping is cut off at the next', () => {
    const { socket, connection } = open();
    connection.ping();
    socket.emit('pong');
    connection.ping();
    expect(socket).toMatchObject({ pings: 2, terminated: false });
    connection.ping();
    expect(socket.terminated).toBe(true);
  });
});
