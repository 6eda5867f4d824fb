import { Metrics } from '@cordboard/service-kit';
import { mergeMetrics } from './merge-metrics';

describe('mergeMetrics', () => {
  it('puts metrics of the same name from two services into one family', async () => {
    const [inbox, routing] = [new Metrics('inbox', false), new Metrics('routing', false)];
    inbox.counter('events', 'Events handled.').inc(2);
    routing.counter('events', 'Events handled.').inc(3);
    routing.gauge('queue', 'Waiting.', () => 7);
    const page = mergeMetrics([await inbox.registry.metrics(), await routing.registry.metrics()]);
    expect(page).toBe(
      [
        '# HELP cordboard_events Events handled.',
        '# TYPE cordboard_events counter',
        'cordboard_events{service="inbox"} 2',
        'cordboard_events{service="routing"} 3',
        '',
        '# HELP cordboard_queue Waiting.',
        '# TYPE cordboard_queue gauge',
        'cordboard_queue{service="routing"} 7',
        '',
      ].join('\n'),
    );
  });
});
