import type { BusStats } from '@cordboard/event-bus';
import type { Metrics } from '@cordboard/service-kit';
import { Gauge } from 'prom-client';

/** Shows on /metrics how the event log does: the horizon's age, and what each group has before it, dead or parked. */
export function addBusMetrics(metrics: Metrics, stats: () => BusStats): void {
  metrics.gauge(
    'bus_horizon_age_seconds',
    'Age of the oldest open transaction that has written something.',
    () => stats().horizonAgeMs / 1000,
  );
  metrics.gauge('bus_events_read', 'Events delivered to this process since it started.', () => stats().eventsRead);
  const perGroup = (name: string, help: string, value: (group: BusStats['groups'][string]) => number) =>
    new Gauge({
      name: `cordboard_bus_${name}`,
      help,
      labelNames: ['group'],
      registers: [metrics.registry],
      collect() {
        this.reset();
        for (const [group, groupStats] of Object.entries(stats().groups)) this.set({ group }, value(groupStats));
      },
    });
  perGroup('lag_events', 'Events behind a group’s position, counted up to 10,000.', ({ lagEvents }) => lagEvents);
  perGroup('lag_seconds', 'Age of the oldest event a group has not handled.', ({ lagMs }) => lagMs / 1000);
  perGroup('dead_letters', 'Events that failed for good and wait for a person.', ({ deadLetters }) => deadLetters);
  perGroup('retrying_events', 'Events that failed and are tried again.', ({ retrying }) => retrying);
  perGroup('parked_events', 'Events that wait behind a failed one of their key.', ({ parkedEvents }) => parkedEvents);
}
