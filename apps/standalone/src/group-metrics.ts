import type { BusMetrics } from '@cordboard/event-bus';
import type { Metrics } from '@cordboard/service-kit';

/** How long the transactions of each group take, and how many events they handle. */
export function groupMetrics(metrics: Metrics): BusMetrics {
  const seconds = metrics.histogram(
    'bus_transaction_seconds',
    'Length of a group transaction',
    [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    ['group'],
  );
  const handled = metrics.counter('bus_events_total', 'Events handled', ['group']);
  return {
    handled: (group, events, ms) => {
      seconds.observe({ group }, ms / 1000);
      handled.inc({ group }, events);
    },
  };
}
