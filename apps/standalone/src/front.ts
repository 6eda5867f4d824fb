import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Metrics, type RunningService } from '@cordboard/service-kit';
import { answer } from './answer';
import { listen } from './listen';
import { mergeMetrics } from './merge-metrics';

/** Of the process as a whole: Node itself, the event log. */
export const processMetrics = new Metrics('standalone', true);

/**
 * One port for all services: requests and socket upgrades go to the service with the longest matching prefix.
 * It listens before anything else starts, so that a port in use is told at once; until the services run it
 * answers 503 with Retry-After.
 */
export class Front {
  private services: readonly RunningService[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => this.handle(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const service = this.serviceFor(request.url ?? '/');
      if (service) service.server.emit('upgrade', request, socket, head);
      else socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n');
    });
  }

  listen(port: number, host: string): Promise<void> {
    return listen(this.server, port, host, 'npm start');
  }

  open(services: readonly RunningService[]): void {
    this.services = services;
  }

  close(): void {
    this.services = [];
    this.server.close();
    this.server.closeIdleConnections();
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/health/live') answer(response, 200, { status: 'ok' });
    else if (path === '/health/ready') void this.ready(response);
    else if (path === '/metrics') void this.metrics(response);
    else {
      const service = this.serviceFor(request.url ?? '/');
      if (service) service.handle(request, response);
      else answer(response, 503, { error: 'Cordboard is starting. Try again in a moment.' });
    }
  }

  private serviceFor(url: string): RunningService | undefined {
    const path = url.split('?')[0] ?? '/';
    let best: { service: RunningService; length: number } | undefined;
    for (const service of this.services) {
      for (const prefix of service.definition.http ?? []) {
        const matches = prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
        if (matches && prefix.length > (best?.length ?? 0)) best = { service, length: prefix.length };
      }
    }
    return best?.service;
  }

  private async ready(response: ServerResponse): Promise<void> {
    const outcomes = await Promise.allSettled(this.services.map((service) => service.ready()));
    const parts = Object.fromEntries(
      this.services.map((service, index) => [service.definition.name, outcomes[index]?.status === 'fulfilled' ? 'ok' : 'away']),
    );
    const isReady = this.services.length > 0 && outcomes.every((outcome) => outcome.status === 'fulfilled');
    answer(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'not ready', services: parts });
  }

  private async metrics(response: ServerResponse): Promise<void> {
    const registries = [processMetrics.registry, ...this.services.map((service) => service.metrics.registry)];
    try {
      const pages = await Promise.all(registries.map((registry) => registry.metrics()));
      response.writeHead(200, { 'content-type': processMetrics.registry.contentType }).end(mergeMetrics(pages));
    } catch (error) {
      answer(response, 500, { error: `The metrics could not be read: ${(error as Error).message}` });
    }
  }
}
