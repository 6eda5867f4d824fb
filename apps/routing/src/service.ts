import type { ServiceDefinition } from '@cordboard/service-kit';
import { migrations } from './migrations';
import { RoutingConfig } from './routing.config';
import { RoutingModule } from './routing.module';

/** Who answers: work items, queues, presence, offers. */
export const routingService: ServiceDefinition = {
  name: 'routing',
  module: RoutingModule,
  config: RoutingConfig,
  data: migrations,
  poolSize: 8,
};
