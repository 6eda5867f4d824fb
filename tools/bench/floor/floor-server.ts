import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { type WebSocket, WebSocketServer } from 'ws';

const lanes = 2;
const insert = {
  name: 'floor-insert',
  text: 'insert into message (id, recipient, body) select * from unnest($1::uuid[], $2::text[], $3::text[])',
};

interface Frame {
  id: string;
  to: string;
  body: string;
}

/**
 * The floor: what the same messages cost with nothing in between. A socket takes `id|to|body`, a lane inserts and commits
 * what queued while its last commit ran, and then the body goes to the recipient's socket. No tenants, no order across
 * lanes, no repetition: whatever Cordboard adds is measured against this.
 */
export async function runFloorServer(databaseUrl: string): Promise<void> {
  const sockets = new Map<string, WebSocket>();
  const queues = await Promise.all(
    Array.from({ length: lanes }, async () => {
      const client = new Client({ connectionString: databaseUrl });
      client.on('error', () => process.exit(1));
      await client.connect();
      return new Lane(client, (frame) => sockets.get(frame.to)?.send(frame.body));
    }),
  );
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket, request) => {
    const name = request.url?.slice(1) ?? '';
    const queue = queues[Number(name.slice(1)) % lanes];
    sockets.set(name, socket);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      const first = text.indexOf('|');
      const second = text.indexOf('|', first + 1);
      queue?.add({ id: text.slice(0, first), to: text.slice(first + 1, second), body: text.slice(second + 1) });
    });
  });
  await once(server, 'listening');
  process.send?.({ port: (server.address() as AddressInfo).port });
  process.on('disconnect', () => process.exit(0));
}

class Lane {
  private waiting: Frame[] = [];
  private isRunning = false;

  constructor(
    private readonly client: Client,
    private readonly deliver: (frame: Frame) => void,
  ) {}

  add(frame: Frame): void {
    this.waiting.push(frame);
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, 200);
      await this.client.query({ ...insert, values: [batch.map(({ id }) => id), batch.map(({ to }) => to), batch.map(({ body }) => body)] });
      for (const frame of batch) this.deliver(frame);
    }
    this.isRunning = false;
  }
}
