import { once } from 'node:events';
import { createServer } from 'node:net';

const lowest = 20_000;
const highest = 29_999;
const tries = 50;

/**
 * A port of 127.0.0.1 that nobody listens on: one below those that systems give to connections by themselves, so that
 * nobody's connection takes it before the process it is for has started.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1));
    if (await isFree(port)) return port;
  }
  throw new Error(`This machine has no free port on 127.0.0.1: ${tries} of ${lowest} to ${highest} are in use.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
