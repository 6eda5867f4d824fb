import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answer } from '../../standalone/src/answer';
import { StartError } from '../../standalone/src/start-error';
import type { ProcessList } from './process-list';

/** Renews processes of a service, or `all`, telling each step in a line. */
export type Renew = (service: string, say: (line: string) => void) => Promise<void>;

/**
 * Where the running supervisor is told what to do: on this machine alone, by whoever may read `processes.json`. POST
 * /restart/SERVICE answers with a line a step and at last `done`, or `failed: …`.
 */
export class Control {
  readonly token = randomBytes(24).toString('hex');
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private isBusy = false;

  constructor(private readonly renew: Renew) {}

  /** Resolves to its address. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((listening, failed) => this.server.once('error', failed).listen(port, '127.0.0.1', listening));
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const service = /^\/restart\/([a-z]+)$/.exec(request.url ?? '')?.[1];
    if (!this.isAllowed(request)) return answer(response, 403, { error: 'The token of processes.json is missing.' });
    if (request.method !== 'POST' || !service) return answer(response, 404, { error: 'There is only POST /restart/SERVICE.' });
    if (this.isBusy) return answer(response, 409, { error: 'A restart is under way.' });
    this.isBusy = true;
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    try {
      await this.renew(service, (line) => response.write(`${line}\n`));
      response.end('done\n');
    } catch (error) {
      response.end(`failed: ${(error as Error).message}\n`);
    } finally {
      this.isBusy = false;
    }
  }

  private isAllowed({ headers }: IncomingMessage): boolean {
    const given = Buffer.from(headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

/** Asks the running supervisor for a rolling restart and prints its steps. Throws StartError when it was not done. */
export async function requestRestart(list: ProcessList | undefined, service: string): Promise<void> {
  if (!list) throw new StartError('Nothing runs in this data folder. Start it with: npm run start:distributed');
  const { address, token } = list.control;
  const response = await fetch(`${address}/restart/${service}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } }).catch(
    () => {
      throw new StartError(`The supervisor (process ${list.pid}) does not answer.`);
    },
  );
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    process.stdout.write(Buffer.from(chunk));
  }
  if (!text.endsWith('done\n')) throw new StartError(response.ok ? 'The restart was not finished.' : text);
}
