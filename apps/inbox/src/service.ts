import type { ServiceDefinition } from '@cordboard/service-kit';
import { InboxConfig } from './inbox.config';
import { InboxModule } from './inbox.module';
import { migrations } from './migrations';

/** The ledger: contacts, conversations and everything said in them. */
export const inboxService: ServiceDefinition = {
  name: 'inbox',
  module: InboxModule,
  config: InboxConfig,
  data: migrations,
  poolSize: 8,
};
