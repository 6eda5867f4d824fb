import type { ServiceDefinition } from '@cordboard/service-kit';
import { GatewayConfig } from './gateway.config';
import { GatewayModule } from './gateway.module';

/** The public API and the console. It keeps nothing: its database role may only append to the bus (who is typing). */
export const gatewayService: ServiceDefinition = {
  name: 'gateway',
  module: GatewayModule,
  config: GatewayConfig,
  data: { schema: 'gateway', migrations: [] },
  http: ['/graphql', '/'],
  poolSize: 2,
};
