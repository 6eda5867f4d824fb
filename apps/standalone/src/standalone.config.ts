import { Env, env } from '@cordboard/service-kit';
import { z } from 'zod';

export class StandaloneConfig {
  @Env('PORT', env.int(1, 65_535), 'Port of the one public address.')
  port = 4000;

  @Env('HOST', env.text(), 'Interface to listen on; 0.0.0.0 for all.')
  host = '127.0.0.1';

  @Env('CORDBOARD_DATA', env.text(), 'Folder of the database, the master key and the log.')
  dataFolder = '.data';

  @Env(
    'DATABASE_URL',
    z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
    'A PostgreSQL ≥ 15 of your own instead of the embedded one; its user must be able to create roles.',
  )
  databaseUrl = '';

  @Env(
    'CORDBOARD_MASTER_KEY',
    z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    'Key all others are derived from; without it one is made and kept in the data folder.',
  )
  masterKey = '';

  @Env('CORDBOARD_DEMO', env.flag(), 'Seed the demo operator, tenants and people.')
  demo = true;

  @Env('CORDBOARD_DEMO_AGENTS', env.int(0, 200), 'More demo agents for all tenants, for load tests.')
  demoAgents = 0;

  @Env('CORDBOARD_DEMO_CAPACITY', env.int(1, 20), 'Chats at a time of those agents.')
  demoCapacity = 4;

  @Env('LOG_LEVEL', z.enum(['trace', 'debug', 'info', 'warn', 'error']), 'What goes into the log file: trace, debug, info, warn or error.')
  logLevel = 'info';
}
