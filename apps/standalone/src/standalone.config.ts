import { Env, env } from '@cordboard/service-kit';
import { InstallationConfig } from './installation.config';

export class StandaloneConfig extends InstallationConfig {
  @Env('PORT', env.int(1, 65_535), 'Port of the one public address.')
  port = 4000;

  @Env('HOST', env.text(), 'Interface to listen on; 0.0.0.0 for all.')
  host = '127.0.0.1';

  @Env('CORDBOARD_DATA', env.text(), 'Folder of the database, the master key and the log.')
  dataFolder = '.data';

  @Env('CORDBOARD_DEMO', env.flag(), 'Seed the demo operator, tenants and people.')
  demo = true;

  @Env('CORDBOARD_DEMO_AGENTS', env.int(0, 200), 'More demo agents for all tenants, for load tests.')
  demoAgents = 0;

  @Env('CORDBOARD_DEMO_CAPACITY', env.int(1, 20), 'Chats at a time of those agents.')
  demoCapacity = 4;
}
