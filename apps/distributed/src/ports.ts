import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartError } from '../../standalone/src/start-error';

/** Below the range from which systems give ports to outgoing connections: a port stays free while its process starts anew. */
const lowest = 10_000;
const highest = 32_000;

/** Free ports of this machine, each given out once. */
export class Ports {
  private next = lowest + Math.floor(Math.random() * (highest - lowest));

  async take(): Promise<number> {
    for (let tries = 0; tries < highest - lowest; tries++) {
      const port = this.next;
      this.next = port + 1 < highest ? port + 1 : lowest;
      if (await isFree(port)) return port;
    }
    throw new StartError('This machine has no free port on 127.0.0.1.');
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
