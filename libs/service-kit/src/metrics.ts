import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A service's own metrics; one registry per service, since several may share a process. */
export class Metrics {
  readonly registry = new Registry();

  constructor(service: string, withProcess: boolean, instance?: string) {
    this.registry.setDefaultLabels(instance ? { service, instance } : { service });
    if (withProcess) collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name: `cordboard_${name}`, help, labelNames, registers: [this.registry] });
  }

  /** `read` is called at each scrape. */
  gauge(name: string, help: string, read: () => number | Promise<number>): Gauge {
    return new Gauge({
      name: `cordboard_${name}`,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** Values in seconds unless the name says otherwise. */
  histogram<Label extends string>(name: string, help: string, buckets: number[], labelNames: Label[] = []): Histogram<Label> {
    return new Histogram({ name: `cordboard_${name}`, help, buckets, labelNames, registers: [this.registry] });
  }
}
