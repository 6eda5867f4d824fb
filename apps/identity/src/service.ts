import type { ServiceDefinition } from '@cordboard/service-kit';
import { IdentityConfig } from './identity.config';
import { IdentityModule } from './identity.module';
import { migrations } from './migrations';

export const identityService: ServiceDefinition = {
  name: 'identity',
  module: IdentityModule,
  config: IdentityConfig,
  data: migrations,
  poolSize: 3,
};
