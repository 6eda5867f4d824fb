import { Metrics, type ServiceDefinition, startService } from '@cordboard/service-kit';
import type { ProcessServer } from './process-server';
import { type PlatformOptions, ServicePlatform } from './service-platform';

/** A process at work. */
export interface RunningProcess {
  /** Path prefixes it answers on the public address. */
  http: readonly string[];
  stop: () => Promise<void>;
}

/** Boots one service alone in this process. */
export async function runService(definition: ServiceDefinition, options: PlatformOptions, server: ProcessServer): Promise<RunningProcess> {
  const platform = new ServicePlatform(options);
  const service = await startService(definition, platform);
  server.open({
    metrics: [service.metrics, new Metrics(definition.name, true, options.instance)],
    ready: service.ready,
    handle: definition.http && service.handle,
    upgrade: definition.http && ((request, socket, head) => void service.server.emit('upgrade', request, socket, head)),
  });
  return {
    http: definition.http ?? [],
    stop: async () => {
      await service.stop();
      await platform.close();
    },
  };
}
