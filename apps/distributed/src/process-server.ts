import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Metrics } from '@cordboard/service-kit';
import { answer } from '../../standalone/src/answer';
import { listen } from '../../standalone/src/listen';
import { mergeMetrics } from '../../standalone/src/merge-metrics';
import { keptUnusedMs } from './connect-first';

/** What a process shows over HTTP. */
export interface Exhibit {
  metrics: readonly Metrics[];
  /** Rejects with what keeps the process from working. */
  ready: () => Promise<void>;
  /** The service's own addresses; a process without has health and metrics alone. */
  handle?: (request: IncomingMessage, response: ServerResponse) => void;
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const readyWithinMs = 2500;

/** HTTP of one process: /health/live, /health/ready, /metrics, and what its service answers. */
export class ProcessServer {
  private readonly server: Server;
  private exhibit: Exhibit | undefined;
  private isLeaving = false;
  private inHand = 0;
  private onIdle: (() => void) | undefined;

  constructor() {
    this.server = createServer((request, response) => this.take(request, response));
    // Who stands before it lets go first: a request on a connection that is being closed would be lost.
    this.server.keepAliveTimeout = 2 * keptUnusedMs;
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (this.exhibit?.upgrade && !this.isLeaving) this.exhibit.upgrade(request, socket, head);
      else socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n');
    });
  }

  /** From here on the process is alive, if not ready. */
  listen(port: number, host: string): Promise<void> {
    return listen(this.server, port, host, 'HTTP_PORT');
  }

  open(exhibit: Exhibit): void {
    this.exhibit = exhibit;
  }

  /** Is ready no more; requests are still answered. */
  leave(): void {
    this.isLeaving = true;
  }

  /** Takes no new connections; resolves when all requests in hand are answered, at the latest after `withinMs`. */
  async finish(withinMs: number): Promise<void> {
    this.server.close();
    this.server.closeIdleConnections();
    if (this.inHand === 0) return;
    await new Promise<void>((done) => {
      const timeout = setTimeout(done, withinMs);
      this.onIdle = () => {
        clearTimeout(timeout);
        done();
      };
    });
  }

  /** Cuts off what is left. */
  close(): void {
    this.server.closeAllConnections();
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    this.inHand++;
    response.once('close', () => {
      if (--this.inHand === 0) this.onIdle?.();
    });
    if (this.isLeaving) response.setHeader('connection', 'close');
    this.handle(request, response);
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/health/live') answer(response, 200, { status: 'ok' });
    else if (path === '/health/ready') void this.ready(response);
    else if (path === '/metrics') void this.metrics(response);
    else if (this.exhibit?.handle) this.exhibit.handle(request, response);
    else answer(response, 503, { error: 'This process is starting, or has nothing at this address.' });
  }

  private async ready(response: ServerResponse): Promise<void> {
    if (!this.exhibit) return answer(response, 503, { status: 'starting' });
    if (this.isLeaving) return answer(response, 503, { status: 'stopping' });
    try {
      await within(readyWithinMs, this.exhibit.ready());
      answer(response, 200, { status: 'ok' });
    } catch (error) {
      answer(response, 503, { status: 'not ready', reason: (error as Error).message });
    }
  }

  private async metrics(response: ServerResponse): Promise<void> {
    try {
      const pages = await Promise.all((this.exhibit?.metrics ?? []).map(({ registry }) => registry.metrics()));
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(mergeMetrics(pages));
    } catch (error) {
      answer(response, 500, { error: `The metrics could not be read: ${(error as Error).message}` });
    }
  }
}

async function within(ms: number, check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`no answer within ${ms} ms`)), ms);
  });
  await Promise.race([check, late]).finally(() => clearTimeout(timer));
}
