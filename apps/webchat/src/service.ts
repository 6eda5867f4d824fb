import type { ServiceDefinition } from '@cordboard/service-kit';
import { migrations } from './migrations';
import { WebchatConfig } from './webchat.config';
import { WebchatModule } from './webchat.module';

/** The channel of the site widget: visitors' sockets, their threads, and the pages the widget is made of. */
export const webchatService: ServiceDefinition = {
  name: 'webchat',
  module: WebchatModule,
  config: WebchatConfig,
  data: migrations,
  http: ['/webchat', '/demo'],
  poolSize: 8,
};
