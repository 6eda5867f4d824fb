import type { Server } from 'node:http';
import { StartError } from './start-error';

/** Resolves when the server listens. Rejects with a line for the person at the terminal; `command` is what they typed. */
export function listen(server: Server, port: number, host: string, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new StartError(`Port ${port} is in use. Stop what uses it, or start with another: PORT=${port + 1} ${command}`));
      else reject(new StartError(`Cannot listen on ${host}:${port}: ${error.message}`));
    });
    server.listen(port, host, resolve);
  });
}
