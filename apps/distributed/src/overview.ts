import type { ServerResponse } from 'node:http';
import { Metrics } from '@cordboard/service-kit';
import { answer } from '../../standalone/src/answer';
import { mergeMetrics } from '../../standalone/src/merge-metrics';
import type { Replica } from './replica';

const pageWithinMs = 3000;

/** All processes at a glance: health and metrics of each, on the one port. */
export class Overview {
  private readonly own = new Metrics('front', true, 'front');

  constructor(private readonly replicas: () => readonly Replica[]) {
    this.own.gauge('processes', 'Processes that run.', () => this.replicas().length);
    this.own.gauge('processes_ready', 'Processes that say they can work.', () => this.replicas().filter(({ isReady }) => isReady).length);
  }

  /** Ready when every service has a ready process. */
  ready(response: ServerResponse, isOpen: boolean): void {
    const services: Record<string, string> = {};
    const processes: Record<string, string> = {};
    for (const { service, name, state } of this.replicas()) {
      processes[name] = state;
      if (services[service] !== 'ok') services[service] = state === 'ready' ? 'ok' : 'away';
    }
    const isReady = isOpen && Object.values(services).every((state) => state === 'ok');
    answer(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'not ready', services, processes });
  }

  async metrics(response: ServerResponse): Promise<void> {
    const pages = await Promise.all([this.own.registry.metrics(), ...this.replicas().map(pageOf)]);
    response.writeHead(200, { 'content-type': this.own.registry.contentType }).end(mergeMetrics(pages));
  }
}

/** A process that does not answer has no metrics just now; `processes_ready` tells. */
async function pageOf({ address }: Replica): Promise<string> {
  try {
    const page = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(pageWithinMs) });
    return page.ok ? await page.text() : '';
  } catch {
    return '';
  }
}
