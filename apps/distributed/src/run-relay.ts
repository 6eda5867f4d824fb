import { KafkaRelay, LogReader } from '@cordboard/event-bus';
import { rolePassword, serviceRole } from '@cordboard/persistence';
import { Metrics } from '@cordboard/service-kit';
import { addBusMetrics } from '../../standalone/src/bus-metrics';
import { openDatabase } from '../../standalone/src/service-database';
import { relay } from './parts';
import type { ProcessServer } from './process-server';
import type { RunningProcess } from './run-service';
import type { PlatformOptions } from './service-platform';

/**
 * Carries the log to Kafka, as the role that may read it, and clears away what is handled. Whoever publishes is in
 * another process, so nobody wakes the reader: it looks every 5 ms while there is traffic.
 */
export async function runRelay(options: PlatformOptions, server: ProcessServer): Promise<RunningProcess> {
  const { databaseUrl: url, masterKey, kafka, instance } = options;
  const log = options.log.child({ service: relay });
  const reader = new LogReader({ url, password: rolePassword(masterKey, serviceRole('bus')), logger: log, busyPollMs: 5, name: relay });
  const database = openDatabase({ name: 'bus', poolSize: 2 }, { url, masterKey }, log);
  const carrier = new KafkaRelay({ kafka, reader, database, logger: log });
  const metrics = new Metrics(relay, true, instance);
  addBusMetrics(metrics, () => carrier.stats());
  await carrier.start();
  server.open({
    metrics: [metrics],
    ready: async () => {
      await Promise.all([database.system((tx) => tx.query('select 1')), carrier.ready()]);
    },
  });
  return {
    http: [],
    stop: async () => {
      await carrier.stop();
      await reader.stop();
      await database.close();
    },
  };
}
